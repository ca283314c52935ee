using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Identity;

namespace FLCrowd.Experiments.Configuration;

/// <summary>Where a run keeps what it can be resumed from.</summary>
public enum JournalKind
{
    /// <summary>A file in the run's folder.</summary>
    Sqlite,

    /// <summary>A database that several machines may share.</summary>
    Postgresql,

    /// <summary>Nowhere.</summary>
    Off,
}

/// <summary>What <c>execution.journal</c> says.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Server">PostgreSQL; null where that is not asked for.</param>
/// <param name="CheckpointEvery">How often episodes are kept half-way; null: never.</param>
public sealed record JournalSettings(JournalKind Kind, JournalStore? Server, TimeSpan? CheckpointEvery)
{
    /// <exception cref="SettingException">It makes no sense.</exception>
    public static JournalSettings Read(Section execution)
    {
        var section = execution.Sub("journal");
        var kind = section.Word<JournalKind>("store");
        var connection = section.Text("connection");
        var settings = new JournalSettings(
            kind, kind == JournalKind.Postgresql ? Connect(section, connection) : null, execution.DurationOr("checkpoint-every", "0"));
        if (kind != JournalKind.Postgresql && connection != "none")
        {
            throw new SettingException(
                section.PathOf("connection"), $"is for {section.PathOf("store")} = postgresql; must be none otherwise");
        }

        section.Done();
        return settings;
    }

    /// <summary>The store of a run in a folder; null: there is none.</summary>
    public JournalStore? Of(string folder) =>
        Kind == JournalKind.Sqlite ? JournalStore.Sqlite(Path.Combine(folder, RunLayout.JournalFile)) : Server;

    /// <summary>Makes sure that a store can be used, where there is one.</summary>
    /// <exception cref="SettingException">A server cannot be reached.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public async Task PrepareAsync(JournalStore? store, CancellationToken cancel)
    {
        try
        {
            await (store?.PrepareAsync(cancel) ?? Task.CompletedTask);
        }
        catch (IOException e) when (Kind == JournalKind.Postgresql)
        {
            throw new SettingException("execution.journal.connection", e.Message);
        }
    }

    private static JournalStore Connect(Section section, string connection)
    {
        try
        {
            return JournalStore.PostgreSql(connection);
        }
        catch (ArgumentException e)
        {
            throw new SettingException(
                section.PathOf("connection"), $"{e.Message}; must be such as \"Host=db.example.org;Username=flcrowd;Database=flcrowd\"");
        }
    }
}
