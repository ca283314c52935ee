namespace FLCrowd.Model.Tests.Data;

/// <summary>The leaves that come along, for examples with people in them. <c>FLCROWD_WRITE_DATA=1</c> writes them anew.</summary>
public sealed class LeavesSpec
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "data", "leaves");

    [Fact]
    public void The_files_are_those_that_are_made()
    {
        if (Environment.GetEnvironmentVariable("FLCROWD_WRITE_DATA") == "1")
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(here.FullName, "FLCrowd.sln")))
            {
                here = here.Parent!;
            }

            var folder = Directory.CreateDirectory(Path.Combine(here.FullName, "data", "leaves")).FullName;
            File.WriteAllText(Path.Combine(folder, "leaves.csv"), MadeLeaves.Leaf());
            File.WriteAllText(Path.Combine(folder, "answers.csv"), MadeLeaves.Answers());
            return;
        }

        Assert.Equal(MadeLeaves.Leaf(), File.ReadAllText(Path.Combine(Folder, "leaves.csv")));
        Assert.Equal(MadeLeaves.Answers(), File.ReadAllText(Path.Combine(Folder, "answers.csv")));
    }

    [Fact]
    public void Volunteers_know_what_they_are_said_to_know()
    {
        int[] kinds = MadeLeaves.Kinds();
        var right = File.ReadLines(Path.Combine(Folder, "answers.csv")).Skip(1).Select(line => line.Split(','))
            .GroupBy(answer => answer[1])
            .ToDictionary(
                answers => answers.Key,
                answers => (Share: answers.Average(answer => answer[2] == MadeLeaves.Species[kinds[int.Parse(answer[0])]].Name ? 1.0 : 0),
                    Count: answers.Count()));
        Assert.Equal(MadeLeaves.Volunteers, right.Count);
        Assert.Equal(MadeLeaves.Training * MadeLeaves.AnswersPerLeaf, right.Values.Sum(of => of.Count));
        for (int volunteer = 0; volunteer < MadeLeaves.Volunteers; volunteer++)
        {
            var (share, count) = right[$"v{volunteer + 1:00}"];
            double expected = MadeLeaves.SkillOf(volunteer) is { } skill ? 0.7 * (1 - 0.7 * (1 - skill)) + 0.3 * 0.75 * skill : 1.0 / 6;
            Assert.InRange(share, expected - 4 * Math.Sqrt(0.25 / count), expected + 4 * Math.Sqrt(0.25 / count));
        }
    }

    [Fact]
    public void They_are_read_as_natural_clients()
    {
        var data = DataFolder.Load("csv", new Dictionary<string, object>
        {
            ["file"] = Path.Combine(Folder, "leaves.csv"),
            ["test-column"] = "split",
            ["label"] = "species",
            ["keep"] = new[] { "observer" },
        });
        Assert.Equal(
            (MadeLeaves.Training, MadeLeaves.Test, 6, 6), (data.Training.Count, data.Test.Count, data.ClassCount, data.Shape.FeatureCount));
        Assert.Equal(MadeLeaves.Observers, data.Columns["observer"].Distinct().Count());
        int[] sizes = [.. data.Columns["observer"].GroupBy(observer => observer).Select(leaves => leaves.Count()).Order()];
        Assert.Equal((15, 92), (sizes[0], sizes[^1]));
    }
}
