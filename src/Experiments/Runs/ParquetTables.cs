using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Runs;

/// <summary>All tables of a run, or of a collection and its runs, as Parquet files beside the CSV files.</summary>
internal static class ParquetTables
{
    /// <param name="directory">The folder of the run, or of the collection.</param>
    /// <param name="kinds">All kinds of experiments.</param>
    /// <exception cref="SettingException">A table is not what a run writes.</exception>
    /// <exception cref="DiskException">A file cannot be written.</exception>
    public static void Write(RunDirectory directory, ExperimentKinds kinds)
    {
        if (!RunDirectory.IsRun(directory.Path))
        {
            return;
        }

        var record = directory.Read();
        var tables = record.Parts is null
            ? WrittenTables.Of(SettingsTree.Merge(ExperimentSources.Reference, record.Configuration), kinds)
            : new WrittenTables(kinds.Find(record.Kind)?.Tables ?? [], RunColumns.None);
        foreach (var table in tables.Tables)
        {
            ParquetFile.Write(directory.Path, table, tables.Columns);
        }

        foreach (var part in (record.Parts ?? []).Select(directory.PathOf).Where(RunDirectory.IsRun))
        {
            Write(RunDirectory.Open(part), kinds);
        }
    }
}
