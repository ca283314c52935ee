using System.Reflection;
using System.Reflection.Emit;

namespace FLCrowd.Conformance.Code;

/// <summary>
/// What the code of a type uses, its own and that of the types that it uses, within its assembly. Read from the instructions: nothing runs.
/// </summary>
internal static class ReachedCode
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Every method, constructor and field that is used, and by which method.</summary>
    public static IEnumerable<(MethodBase By, MemberInfo Used)> From(Type start)
    {
        var (seen, open) = (new HashSet<Type>(), new Queue<Type>());
        Reach(start);
        while (open.TryDequeue(out var type))
        {
            Reach(type.BaseType);
            foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            {
                foreach (var used in UsedBy(method))
                {
                    Reach(used.DeclaringType);
                    yield return (method, used);
                }
            }
        }

        void Reach(Type? type)
        {
            var bare = type is { IsConstructedGenericType: true } ? type.GetGenericTypeDefinition() : type;
            if (bare is not null && bare.Assembly == start.Assembly && seen.Add(bare))
            {
                open.Enqueue(bare);
            }
        }
    }

    private static IEnumerable<MemberInfo> UsedBy(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at < code.Length;)
        {
            var instruction = Codes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += instruction.Size;
            if (instruction.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok
                && Resolve(method, BitConverter.ToInt32(code, at)) is { } used)
            {
                yield return used;
            }

            at += OperandSize(instruction, code, at);
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method is { IsGenericMethod: true } ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod);
    }

    private static int OperandSize(OpCode code, byte[] body, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => sizeof(int) * (1 + BitConverter.ToInt32(body, at)),
        _ => 4,
    };
}
