using System.Reflection;
using System.Reflection.Emit;
using Akka.Actor;

namespace FLCrowd.Actors.Tests.Protocol;

/// <summary>What can be reached from a message type through its members, by reflection.</summary>
internal static class TypeWalk
{
    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Every member that can be reached, with the way to it; members of other libraries' types are not walked.</summary>
    public static IEnumerable<Step> From(Type root)
    {
        var (open, seen) = (new Queue<Step>(), new HashSet<Type>());
        open.Enqueue(new Step(root, root.Name, root.Name));
        while (open.TryDequeue(out var step))
        {
            yield return step;
            foreach (var type in Parts(step.Type).Where(part => IsOurs(part) && seen.Add(part)))
            {
                foreach (var (name, member) in Members(type))
                {
                    open.Enqueue(new Step(member, name, $"{step.Path}.{name}"));
                }
            }
        }
    }

    /// <summary>A type with its element type, generic arguments and bases.</summary>
    public static IEnumerable<Type> Parts(Type type)
    {
        IEnumerable<Type> inner = [
            .. type.HasElementType ? [type.GetElementType()!] : Type.EmptyTypes,
            .. type.IsGenericType ? type.GetGenericArguments() : [],
            .. type.BaseType is { } parent && IsOurs(parent) ? [parent] : Type.EmptyTypes];
        return inner.SelectMany(Parts).Prepend(type);
    }

    /// <summary>The types that an actor has handlers for: those of its calls of <c>Receive</c>.</summary>
    public static IEnumerable<Type> Received(Type actor)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return ((IEnumerable<MethodBase>)[.. actor.GetConstructors(All), .. actor.GetMethods(All)])
            .SelectMany(Calls)
            .Where(call => call.IsGenericMethod && call.DeclaringType == typeof(ReceiveActor)
                && call.Name.StartsWith("Receive", StringComparison.Ordinal))
            .Select(call => call.GetGenericArguments()[0])
            .Distinct();
    }

    private static IEnumerable<(string Name, Type Type)> Members(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return type.GetProperties(All).Where(property => property.PropertyType != typeof(Type))
            .Select(property => (property.Name, property.PropertyType))
            .Concat(type.GetFields(All).Select(field => (field.Name, field.FieldType)));
    }

    private static bool IsOurs(Type type) =>
        !type.HasElementType && type.Namespace?.StartsWith("FLCrowd", StringComparison.Ordinal) == true;

    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var typeArguments = method.DeclaringType!.GetGenericArguments();
        for (int at = 0; at < code.Length;)
        {
            short value = code[at] == 0xFE ? (short)((code[at] << 8) | code[at + 1]) : code[at];
            var operation = OpCodes[value];
            at += operation.Size;
            if (operation.OperandType == OperandType.InlineMethod)
            {
                yield return method.Module.ResolveMethod(BitConverter.ToInt32(code, at), typeArguments, null)!;
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}

/// <summary>A member that can be reached.</summary>
internal sealed record Step(Type Type, string Name, string Path);
