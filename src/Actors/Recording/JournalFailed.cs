using Akka.Actor;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FLCrowd.Actors.Recording;

/// <summary>The journal is of no use any more. Local.</summary>
internal sealed record JournalFailed(string Reason) : INoSerializationVerificationNeeded
{
    /// <param name="what">"read" or "written".</param>
    /// <param name="e">Why it cannot be.</param>
    public static JournalFailed Of(string what, Exception e) =>
        new($"the journal cannot be {what}: {Cause(e)}. What it holds is kept: flcrowd resume goes on from it");

    /// <summary>The cause, and what to do about it where that is not in the message.</summary>
    public static string Cause(Exception e) => e.GetBaseException() switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => "there is no room left; free space where journal.db is",
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } =>
            "another program has locked journal.db; end that program",
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN } =>
            "journal.db is not writable; mend its permissions",
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } => "journal.db is damaged",
        var cause => cause.Message.TrimEnd('.'),
    };
}
