namespace FLCrowd.Model.Labeling;

/// <summary>What a client's effort, and its labeler, make of the true labels.</summary>
internal static class LabelDraw
{
    /// <summary>
    /// Labels one client's samples. With effort e sample j gets its true label iff U_j is below e, and otherwise a label drawn
    /// uniformly over all K classes. U_j and the label drawn do not depend on e: less effort only adds mislabelled samples.
    /// </summary>
    /// <returns>One label per sample, or null where all are true.</returns>
    /// <exception cref="InvalidActionException">The effort, or a label that the labeler gave, does not exist.</exception>
    public static byte[]? Draw(LabelingTask task, int[] samples, byte[] trueLabels, int classCount)
    {
        if (!(task.Effort is >= 0 and <= 1))
        {
            throw new InvalidActionException($"effort {task.Effort} is not between 0 and 1");
        }

        if (task.Effort == 1 && task.Labeler is null)
        {
            return null;
        }

        var (chance, random, own) = (task.Seed.For("effort"), task.Seed.For("label"), task.Seed.For("labeler"));
        var given = new byte[samples.Length];
        for (int j = 0; j < given.Length; j++)
        {
            int label = chance.Uniform(j) < task.Effort ? trueLabels[samples[j]] : random.Index(classCount, j);
            label = task.Labeler?.Label(new LabelView
            {
                Client = task.Client,
                Sample = j,
                Label = label,
                ClassCount = classCount,
                Seed = own,
            }) ?? label;
            if (label < 0 || label >= classCount)
            {
                throw new InvalidActionException(
                    $"client {task.Client} gave sample {j} the label {label}, which is not between 0 and {classCount - 1}");
            }

            given[j] = (byte)label;
        }

        return given;
    }
}
