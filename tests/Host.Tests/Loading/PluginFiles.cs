using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using FLCrowd.Sample.Plugin;
using FLCrowd.Strategies;

namespace FLCrowd.Host.Tests.Loading;

/// <summary>Assemblies to load, good and bad ones, made on the spot.</summary>
internal static class PluginFiles
{
    public static string SampleDll => typeof(SamplePlugin).Assembly.Location;

    public static string BuiltIn => typeof(StrategiesPlugin).Assembly.Location;

    /// <summary>An assembly with one class, whose constructor and method Register are as given; null: there is none.</summary>
    public static string Write(
        TemporaryFolder folder, string name, Type? implements, Action<ILGenerator>? constructor, Action<ILGenerator>? register,
        TypeAttributes visibility = TypeAttributes.Public)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule(name).DefineType(
            $"{name}.Entry", visibility, typeof(object), implements is null ? [] : [implements]);
        type.DefineField("Contracts", typeof(IPlugin), FieldAttributes.Private);
        var code = type
            .DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, constructor is null ? [typeof(int)] : [])
            .GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(object).GetConstructor([])!);
        constructor?.Invoke(code);
        code.Emit(OpCodes.Ret);
        if (register is not null)
        {
            var body = type.DefineMethod(
                nameof(IPlugin.Register), MethodAttributes.Public | MethodAttributes.Virtual, typeof(void), [typeof(IPluginRegistry)])
                .GetILGenerator();
            register(body);
            body.Emit(OpCodes.Ret);
        }

        type.CreateType();
        var path = folder.In($"{name}.dll");
        assembly.Save(path);
        return path;
    }

    public static void Nothing(ILGenerator code)
    {
    }

    public static void Throw(ILGenerator code)
    {
        code.Emit(OpCodes.Ldstr, "boom");
        code.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([typeof(string)])!);
        code.Emit(OpCodes.Throw);
    }

    /// <summary>The sample as if it had been built against other contracts.</summary>
    public static string BuiltAgainst(TemporaryFolder folder, ushort major, ushort minor)
    {
        var bytes = File.ReadAllBytes(SampleDll);
        using var image = new PEReader(new MemoryStream(bytes));
        var metadata = image.GetMetadataReader();
        var contracts = metadata.AssemblyReferences.Single(handle =>
            metadata.StringComparer.Equals(metadata.GetAssemblyReference(handle).Name, "FLCrowd.Abstractions"));

        // A row of the table begins with the version: four numbers of 16 bits.
        int row = image.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
            + (MetadataTokens.GetRowNumber(contracts) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef);
        BitConverter.TryWriteBytes(bytes.AsSpan(row), major);
        BitConverter.TryWriteBytes(bytes.AsSpan(row + sizeof(ushort)), minor);
        var path = folder.In("Other.dll");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
