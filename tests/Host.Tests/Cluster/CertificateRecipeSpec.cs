using System.Diagnostics;

namespace FLCrowd.Host.Tests.Cluster;

public class CertificateRecipeSpec
{
    [Fact]
    public async Task The_recipe_of_the_documentation_makes_certificates_that_nodes_accept()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "openssl"))),
            "openssl is not installed");
        using var folder = new TemporaryFolder();
        var recipe = File.ReadLines(Documentation())
            .Where(line => line.StartsWith("    openssl ", StringComparison.Ordinal))
            .Select(line => line.Trim()).ToList();
        Assert.Equal(3, recipe.Count);
        foreach (var command in recipe)
        {
            using var openssl = Process.Start(new ProcessStartInfo("openssl", command["openssl ".Length..])
            {
                WorkingDirectory = folder.Path,
                RedirectStandardError = true,
            })!;
            var error = await openssl.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await openssl.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(openssl.ExitCode == 0, $"{command}: {error}");
        }

        const string Tls = "tls { certificate = node.pem, key = node.key, authority = authority.pem }";
        await File.WriteAllTextAsync(folder.In("node.conf"), $"flcrowd.cluster {{ {Tls} }}", TestContext.Current.CancellationToken);
        using var node = FlcrowdProcess.Start(folder.Path, "node", "--cluster", "node.conf");
        try
        {
            await File.WriteAllTextAsync(
                folder.In("run.conf"), $"flcrowd.cluster {{ seeds = [\"{await node.AddressAsync()}\"], {Tls} }}",
                TestContext.Current.CancellationToken);
            var run = await FlcrowdProcess.RunAsync(
                folder.Path, "run", "quadratic", "--set", "learning.rounds=5", "--set", "experiment.seeds=1",
                "--cluster", "run.conf", "--out", "out");
            Assert.True(run.ExitCode == 0, run.Error);
        }
        finally
        {
            node.Kill();
        }
    }

    private static string Documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FLCrowd.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "docs", "cluster.md");
    }
}
