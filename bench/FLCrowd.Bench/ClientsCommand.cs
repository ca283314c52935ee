using System.CommandLine;
using FLCrowd.Strategies;

namespace FLCrowd.Bench;

/// <summary><c>clients</c>: how long it takes to make the strategies of a crowd, all of one entry of the configuration.</summary>
internal static class ClientsCommand
{
    private static readonly (string Strategy, string Options)[] Entries =
    [
        ("truthful", "{}"),
        ("misreport", """{ "gamma": "2" }"""),
        ("epsilon-greedy", """{ "efforts": ["0", "0.5", "1"], "gammas": ["0", "1"] }"""),
        ("mixed", """{ "strategies": [{ "strategy": "truthful", "weight": "2" }, { "strategy": "misreport", "gamma": "2" }] }"""),
    ];

    public static Command Create()
    {
        var clients = new Option<int>("--clients") { DefaultValueFactory = _ => 100_000, Description = "Clients of the entry." };
        var command = new Command("clients", "Milliseconds to make the strategies of a crowd of one entry.") { clients };
        command.SetAction(parsed =>
        {
            var catalog = PluginCatalog.Of(new StrategiesPlugin());
            int count = parsed.GetRequiredValue(clients);
            foreach (var (strategy, options) in Entries)
            {
                var entry = new PluginChoice(strategy, options, "clients[0]");

                // A choice of its own for each client is what binding per client costs.
                double once = Median(() => Make(_ => entry)), each = Median(() => Make(_ => entry with { }));
                Console.WriteLine(
                    $"{strategy,-15} {count:n0} clients: {once:n1} ms of one entry, " +
                    $"{each:n1} ms of an entry each, {each / once:n1} times");
            }

            void Make(Func<int, PluginChoice> choice)
            {
                for (int client = 0; client < count; client++)
                {
                    catalog.CreateStrategy(choice(client), client);
                }
            }
        });
        return command;
    }

    private static double Median(Action action) => Enumerable.Range(0, 5).Select(_ =>
    {
        var meter = Meter.Start();
        action();
        return meter.Stop(1).Cpu / 1000;
    }).Order().ElementAt(2);
}
