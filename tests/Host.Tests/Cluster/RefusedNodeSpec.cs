using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using FLCrowd.Experiments.Identity;

namespace FLCrowd.Host.Tests.Cluster;

/// <summary>Nodes that would compute other numbers: real processes that are not let in, or fail the game.</summary>
public sealed class RefusedNodeSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_of_another_version_or_with_other_vectors_is_refused_with_code_2_and_both_sides_say_why()
    {
        using var node = FlcrowdProcess.Start(_folder.Path, "node");
        try
        {
            string address = await node.AddressAsync();
            var version = typeof(ThisProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            using var other = FlcrowdProcess.StartProgram(
                OtherProgram.With(_folder.In("other"), "flcrowd.dll", program => Changed(program, version)),
                _folder.Path, [], "node", "--seed", address);
            var ended = await FlcrowdProcess.EndAsync(other);
            Assert.Equal(2, ended.ExitCode);
            Assert.Contains($"the node {address} refuses this one: its version is X{version[1..]}, here it is {version}", ended.Error);

            using var narrow = FlcrowdProcess.StartProgram(
                FlcrowdProcess.Program, _folder.Path, [("DOTNET_EnableHWIntrinsic", "0")], "node", "--seed", address);
            ended = await FlcrowdProcess.EndAsync(narrow);
            Assert.Equal(2, ended.ExitCode);
            Assert.Contains("its arithmetic is that of ", ended.Error);
            Assert.Contains("vectors of 128 bits, ", ended.Error);
        }
        finally
        {
            node.Kill();
        }

        var said = await FlcrowdProcess.EndAsync(node);
        Assert.Equal(2, said.Error.Split("Refused the node").Length - 1);
    }

    [Fact]
    public async Task A_node_with_a_certificate_that_is_not_believed_ends_with_code_2_and_both_sides_name_it()
    {
        await File.WriteAllTextAsync(
            _folder.In("ours.conf"), $"flcrowd.cluster {{ {Certificates.Write(_folder, "ours")} }}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _folder.In("theirs.conf"), $"flcrowd.cluster {{ {Certificates.Write(_folder, "theirs", validDays: -1)} }}",
            TestContext.Current.CancellationToken);
        using var node = FlcrowdProcess.Start(_folder.Path, "node", "--cluster", "ours.conf");
        try
        {
            string address = await node.AddressAsync();
            var ended = await FlcrowdProcess.RunAsync(_folder.Path, "node", "--cluster", "theirs.conf", "--seed", address);
            Assert.Equal(2, ended.ExitCode);
            Assert.Contains(
                $"the node {address}: this node refuses the certificate CN=ours, issued by CN=ours: "
                + "the authority CN=theirs did not sign it",
                ended.Error);
        }
        finally
        {
            node.Kill();
        }

        var said = await FlcrowdProcess.EndAsync(node);
        Assert.Matches(
            "warning: refused for a certificate: .*this node refuses the certificate CN=theirs, issued by CN=theirs: "
            + "the authority CN=ours did not sign it, and it is valid from",
            said.Error);
    }

    [Fact]
    public async Task A_node_whose_folder_differs_in_one_file_fails_the_game_which_names_both_checksums()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "one path that is another folder for each process is a matter of Linux");
        const string Mine = "/proc/self/cwd/mnist";
        string here = DataFolder("here", label => label), there = DataFolder("there", label => (byte)((label + 1) % 10));
        using var node = FlcrowdProcess.Start(there, "node");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(here, "c.conf"), $"flcrowd.cluster.seeds = [\"{await node.AddressAsync()}\"]",
                TestContext.Current.CancellationToken);
            var run = await FlcrowdProcess.RunAsync(
                here, "run", "deviations", "--set", $"data.mnist.folder={Mine}", "--set", "learning.rounds=1",
                "--cluster", "c.conf", "--out", "out");
            Assert.Equal(2, run.ExitCode);
            Assert.Matches(
                "the node akka.tcp://flcrowd@127.0.0.1:[0-9]+ cannot host cohort 0: its data are mnist [0-9a-f]{12}, "
                + "those of the server are mnist",
                run.Error);
        }
        finally
        {
            node.Kill();
        }
    }

    private static byte[] Changed(byte[] program, string version)
    {
        program[program.AsSpan().IndexOf(Encoding.UTF8.GetBytes(version))] = (byte)'X';
        return program;
    }

    /// <summary>A folder with MNIST in it, of which the last test label is changed.</summary>
    private string DataFolder(string name, Func<byte, byte> change)
    {
        const string Labels = "t10k-labels-idx1-ubyte.gz";
        var (folder, shipped) = (_folder.In(name), Path.Combine(AppContext.BaseDirectory, "data", "mnist"));
        var copy = Directory.CreateDirectory(Path.Combine(folder, "mnist")).FullName;
        foreach (var file in Directory.EnumerateFiles(shipped, "*.gz").Where(file => Path.GetFileName(file) != Labels))
        {
            File.CreateSymbolicLink(Path.Combine(copy, Path.GetFileName(file)), file);
        }

        using var content = new MemoryStream();
        using (var unzip = new GZipStream(File.OpenRead(Path.Combine(shipped, Labels)), CompressionMode.Decompress))
        {
            unzip.CopyTo(content);
        }

        var labels = content.ToArray();
        labels[^1] = change(labels[^1]);
        using (var zip = new GZipStream(File.Create(Path.Combine(copy, Labels)), CompressionLevel.Fastest))
        {
            zip.Write(labels);
        }

        var sum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(copy, Labels))));
        File.WriteAllLines(
            Path.Combine(copy, "SHA256SUMS"),
            File.ReadLines(Path.Combine(shipped, "SHA256SUMS"))
                .Select(line => line.EndsWith(Labels, StringComparison.Ordinal) ? $"{sum}  {Labels}" : line));
        return folder;
    }
}
