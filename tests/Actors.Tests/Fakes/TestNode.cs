using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Recording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>An actor system set up as the program does it, with the plug-ins of a test.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly IHost _host;

    private readonly JournalStore? _journals;

    private TestNode(IHost host, JournalStore? journals) => (_host, _journals) = (host, journals);

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public static async Task<TestNode> StartAsync(
        FakePlugins plugins, int trainingThreads = 2, string hocon = "", JournalStore? journals = null)
    {
        await (journals?.PrepareAsync(TestContext.Current.CancellationToken) ?? Task.CompletedTask);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("test", akka => With(journals, akka)
            .AddHocon($"akka {{ loglevel = OFF, stdout-loglevel = OFF, loggers = [] }}\n{hocon}", HoconAddMode.Prepend)
            .WithFLCrowd(plugins.Catalog, trainingThreads));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TestNode(host, journals);
    }

    /// <summary>Plays a plan on a node of its own.</summary>
    public static async Task<(ExperimentResult Result, MemorySink Sink)> PlayAsync(
        FakePlugins plugins, ExperimentPlan plan, int trainingThreads = 2, int parallelGames = 1)
    {
        await using var node = await StartAsync(plugins, trainingThreads);
        var sink = new MemorySink();
        return (await node.RunAsync(plan, sink, parallelGames), sink);
    }

    public Task<ExperimentResult> RunAsync(
        ExperimentPlan plan,
        MemorySink sink,
        int parallelGames = 1,
        Action<ExperimentProgress>? progress = null,
        CancellationTokenSource? cancel = null,
        RunJournal? journal = null) =>
        ExperimentRunner.RunAsync(
            System, FLCrowdNode.Of(System), plan, sink, parallelGames, progress, cancel?.Token ?? CancellationToken.None, journal)
            .Within("the end of the run");

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _journals?.Close();
    }

    private static AkkaConfigurationBuilder With(JournalStore? journals, AkkaConfigurationBuilder akka)
    {
        journals?.AddTo(akka);
        return akka;
    }
}

internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>The next message to a probe; it is of type <typeparamref name="T"/>.</summary>
    public static async Task<T> NextAsync<T>(this TestKitBase probe) =>
        await probe.ExpectMsgAsync<T>(Patience, $"{typeof(T).Name} did not come", TestContext.Current.CancellationToken);

    /// <summary>Waits until an actor has stopped.</summary>
    public static async Task StoppedAsync(this TestKitBase probe, IActorRef actor)
    {
        await probe.WatchAsync(actor);
        await probe.ExpectTerminatedAsync(actor, Patience, $"{actor} did not stop", TestContext.Current.CancellationToken);
    }

    /// <inheritdoc cref="Within{T}"/>
    public static async Task Within(this Task task, string awaited)
    {
        await Waited(task).Within(awaited);

        static async Task<bool> Waited(Task task)
        {
            await task;
            return true;
        }
    }

    /// <summary>Fails with the name of the event where it does not come.</summary>
    public static async Task<T> Within<T>(this Task<T> task, string awaited)
    {
        try
        {
            return await task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{awaited} did not come within {Patience.TotalSeconds} s");
        }
    }
}
