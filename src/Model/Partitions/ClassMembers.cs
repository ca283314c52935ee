namespace FLCrowd.Model.Partitions;

/// <summary>The training samples of every class.</summary>
internal static class ClassMembers
{
    /// <exception cref="SettingException">There is no sample of some class.</exception>
    public static int[][] Of(DataSet data)
    {
        var members = new List<int>[data.ClassCount];
        for (int k = 0; k < members.Length; k++)
        {
            members[k] = [];
        }

        for (int sample = 0; sample < data.Training.Count; sample++)
        {
            members[data.Training.Labels[sample]].Add(sample);
        }

        int empty = Array.FindIndex(members, list => list.Count == 0);
        return empty < 0
            ? [.. members.Select(list => list.ToArray())]
            : throw new SettingException("data.partition", $"needs samples of every class, but '{data.Name}' has none of class {empty}");
    }
}
