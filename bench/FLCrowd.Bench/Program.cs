using System.CommandLine;
using FLCrowd.Bench;

var root = new RootCommand("Measures FLCrowd. Run it in Release on an otherwise idle machine.")
{
    KernelCommand.Create(),
    ThroughputCommand.Create(),
    LearnCommand.Create(),
    ClientsCommand.Create(),
    CrowdCommand.Create(),
    RooflineCommand.Create(),
    PartsCommand.Create(),
    KernelsCommand.Create(),
};
return root.Parse(args).Invoke();
