using Akka.Actor;
using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tests.Fakes;
using Microsoft.Data.Sqlite;

namespace FLCrowd.Actors.Tests.Recording;

/// <summary>
/// A journal of a plan, four episodes and two of a later stage, a record each, and a checkpoint; what is done to it is found and named.
/// </summary>
public sealed class JournalDamageSpec(JournalDamageSpec.Sound sound) : IClassFixture<JournalDamageSpec.Sound>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flcrowd-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_written_is_sound()
    {
        var findings = Spoil("UPDATE journal SET tags = 'changed', writer_uuid = NULL");
        Assert.True(findings.IsSound);
        Assert.True(findings.HasPlan);
        Assert.Equal([0, 1, 2, 3, 4, 5], findings.Episodes.Order());
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE ordering = 3", "record 2 of the episodes from number 0 on is missing", "0 4 5")]
    [InlineData(
        "UPDATE journal SET persistence_id = 'run/episodes-1' WHERE ordering = 3",
        "record 2 of the episodes from number 0 on (labelled as episode 1) is damaged",
        "0 4 5")]
    [InlineData(
        "UPDATE journal SET persistence_id = 'ruN/episodes-0' WHERE ordering = 3",
        "record 2 of the episodes from number 0 on (labelled as episode 1) is damaged",
        "0 4 5")]
    [InlineData(
        "UPDATE journal SET sequence_number = 1026 WHERE ordering = 3",
        "record 2 of the episodes from number 0 on (labelled as episode 1) is damaged",
        "0 4 5")]
    [InlineData(
        "UPDATE journal SET deleted = 1 WHERE ordering = 2",
        "record 1 of the episodes from number 0 on (labelled as episode 0) is damaged",
        "4 5")]
    [InlineData(
        "UPDATE journal SET manifest = 'ej1' WHERE ordering = 5",
        "record 4 of the episodes from number 0 on (labelled as episode 3) is damaged",
        "0 1 2 4 5")]
    [InlineData(
        "UPDATE journal SET identifier = 7300 WHERE ordering = 7",
        "record 2 of the episodes from number 4 on (labelled as episode 5) is damaged",
        "0 1 2 3 4")]
    [InlineData(
        "UPDATE journal SET created = -1 WHERE ordering = 5",
        "record 4 of the episodes from number 0 on (labelled as episode 3) is damaged",
        "0 1 2 4 5")]
    [InlineData("UPDATE journal SET message = x'97' WHERE ordering = 4", "record 3 of the episodes from number 0 on is damaged", "0 1 4 5")]
    [InlineData(
        "UPDATE journal SET message = 'text' WHERE ordering = 4",
        "record 3 of the episodes from number 0 on is damaged",
        "0 1 4 5")]
    [InlineData(
        "UPDATE journal SET message = zeroblob(length(message)) WHERE ordering = 4",
        "record 3 of the episodes from number 0 on is damaged",
        "0 1 4 5")]
    [InlineData(
        "UPDATE journal SET message = (SELECT message FROM journal WHERE ordering = 3) WHERE ordering = 4",
        "record 2 of the episodes from number 0 on (labelled as episode 1) is damaged",
        "0 1 4 5")]
    [InlineData(
        "INSERT INTO journal SELECT 99, created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, "
        + "writer_uuid FROM journal WHERE ordering = 3",
        "record 2 of the episodes from number 0 on (labelled as episode 1) is there twice",
        "0 1 2 3 4 5")]
    public void A_record_that_was_changed_moved_doubled_or_lost_is_named_and_what_comes_after_it_does_not_count(
        string statement, string damage, string kept)
    {
        var findings = Spoil(statement);
        Assert.Equal(damage, Assert.Single(findings.Damages));
        Assert.Equal(kept.Split(' ').Select(int.Parse), findings.Episodes.Order());
        Assert.True(findings.HasPlan);
        AssertMended(findings);
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE ordering = 5", "0 1 2 4 5")]
    [InlineData("DELETE FROM journal WHERE ordering >= 2", "")]
    public void A_record_that_is_lost_off_the_end_is_lost_work_and_no_damage(string statement, string kept)
    {
        var findings = Spoil(statement);
        Assert.True(findings.IsSound);
        Assert.Equal(kept, string.Join(' ', findings.Episodes.Order()));
    }

    [Theory]
    [InlineData("UPDATE snapshot SET sequence_number = 4")]
    [InlineData("UPDATE snapshot SET snapshot = substr(snapshot, 1, 40)")]
    [InlineData("UPDATE snapshot SET snapshot = NULL")]
    [InlineData("UPDATE snapshot SET persistence_id = 'run/game-1'")]
    [InlineData("UPDATE snapshot SET created = 9223372036854775807")]
    public void A_checkpoint_that_is_damaged_costs_nothing_else(string statement)
    {
        var findings = Spoil(statement);
        Assert.Contains("the checkpoint of game ", Assert.Single(findings.LostCheckpoints), StringComparison.Ordinal);
        Assert.Equal((0, true, 6), (findings.Damages.Count, findings.HasPlan, findings.Episodes.Count));
        AssertMended(findings);
    }

    [Fact]
    public async Task A_plan_that_is_lost_may_be_prepared_again_but_another_one_does_not_count_as_it()
    {
        Assert.False(Spoil("DELETE FROM journal WHERE ordering = 1").HasPlan);
        await KeepAsync(Sound.Plan, "7");
        Assert.True(Store.Check(Sound.Run).IsSound);

        Spoil("DELETE FROM journal WHERE ordering = 1");
        await KeepAsync(Sound.Plan, "8");
        var findings = Store.Check(Sound.Run);
        Assert.Equal(
            "record 1 of the episodes from number 0 on (labelled as episode 0) was written for other games than the run has now",
            findings.Damages[0]);
        Assert.Empty(findings.Episodes);
    }

    [Fact]
    public void Records_of_another_run_are_told_from_damage()
    {
        File.Copy(sound.File, JournalFile);
        var findings = Store.Check("another");
        Assert.Equal(Sound.Run, Assert.Single(findings.Strangers));
        Assert.Equal((0, 0, false), (findings.Episodes.Count, findings.Damages.Count, findings.HasPlan));
    }

    [Theory]
    [InlineData(13, "there is no room left; free space where journal.db is")]
    [InlineData(5, "another program has locked journal.db; end that program")]
    [InlineData(8, "journal.db is not writable; mend its permissions")]
    [InlineData(11, "journal.db is damaged")]
    public void A_journal_that_cannot_be_written_says_what_to_do_and_that_the_run_goes_on_from_it(int code, string cause) => Assert.Equal(
        $"the journal cannot be written: {cause}. What it holds is kept: flcrowd resume goes on from it",
        JournalFailed.Of("written", new AggregateException(new SqliteException("what SQLite says", code))).Reason);

    private string JournalFile => Path.Combine(_folder.FullName, "journal.db");

    private JournalStore Store => JournalStore.Sqlite(JournalFile);

    private JournalFindings Spoil(string statement)
    {
        File.Copy(sound.File, JournalFile, overwrite: true);
        using (var connection = new SqliteConnection($"Data Source={JournalFile};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

        return Store.Check(Sound.Run);
    }

    /// <summary>What counts is left, and nothing else.</summary>
    private void AssertMended(JournalFindings before)
    {
        Store.KeepGood(Sound.Run);
        var after = Store.Check(Sound.Run);
        Assert.True(after.IsSound);
        Assert.Equal(before.Episodes.Order(), after.Episodes.Order());
        Assert.Equal(before.HasPlan, after.HasPlan);
        Assert.Equal(before.Damages, JournalStore.Sqlite($"{JournalFile}.damaged").Check(Sound.Run).Damages);
    }

    private async Task KeepAsync(ExperimentPlan plan, string seed)
    {
        await using var node = await TestNode.StartAsync(MovingGames.Plugins(), journals: Store);
        var journal = await RunJournal.OpenAsync(node.System, Sound.Run, Sound.Build, [], null);
        await journal.KeepAsync(plan, new() { ["seed"] = seed });
    }

    /// <summary>The journal as it was written, once.</summary>
    public sealed class Sound : IAsyncLifetime
    {
        internal const string Run = "run";

        internal static readonly ProgramBuild Build = new("1.0", ".NET 10", "X64", []);

        internal static readonly ExperimentPlan Plan = Games.Plan(Games.Of(("a", 4)) with { Episodes = 4 });

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flcrowd-");

        public string File => Path.Combine(_folder.FullName, "journal.db");

        public async ValueTask InitializeAsync()
        {
            await using var node = await TestNode.StartAsync(MovingGames.Plugins(), journals: JournalStore.Sqlite(File));
            var journal = await RunJournal.OpenAsync(node.System, Run, Build, [], null);
            await journal.KeepAsync(Plan, new() { ["seed"] = "7" });
            using var inbox = Inbox.Create(node.System);
            await WriteAsync(node.System, inbox, journal.Episodes(0), 0, 1, 2, 3);
            await WriteAsync(node.System, inbox, journal.Episodes(4), 4, 5);
            var checkpoints = Start(node.System, journal.Checkpoints(0), inbox.Receiver);
            await inbox.ReceiveAsync();
            checkpoints.Tell(new GameCheckpoint(2, 1, ModelVector.Of(new float[] { 1, 2 }), [], []));
            Assert.True(
                SpinWait.SpinUntil(() => JournalReader.Sqlite(File).Checkpoints.Count == 1, TimeSpan.FromSeconds(40)),
                "no checkpoint came");
        }

        public ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }

        private static IActorRef Start(ActorSystem system, Props child, IActorRef listener) =>
            system.ActorOf(Props.Create(() => new Parent(child, listener)));

        /// <summary>One record after the other.</summary>
        private static async Task WriteAsync(ActorSystem system, Inbox inbox, Props props, params int[] episodes)
        {
            var journal = Start(system, props, inbox.Receiver);
            Assert.IsType<JournalRead>(await inbox.ReceiveAsync());
            foreach (int episode in episodes)
            {
                journal.Tell(new JournaledEpisode(
                    episode,
                    new EpisodeResult(0, episode, 1, [new RoundEvaluation(1, new Evaluation(1, 2, 3))], 5, 6, 7),
                    [new CohortOutcomes(0, 0, episode, [new ClientOutcome(0, episode, "a", 1, 2, null, 3, 4, null)], 0)]));
                Assert.IsType<JournaledEpisode>(await inbox.ReceiveAsync());
            }
        }
    }

    /// <summary>Hands what a child tells its parent on.</summary>
    private sealed class Parent : ReceiveActor
    {
        public Parent(Props child, IActorRef listener)
        {
            var journal = Context.ActorOf(child);
            ReceiveAny(message => (Sender.Equals(journal) ? listener : journal).Tell(message));
        }
    }
}
