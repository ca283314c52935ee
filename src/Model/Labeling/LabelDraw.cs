namespace FLCrowd.Model.Labeling;

/// <summary>What a client's effort, its skill and its labeler make of its samples.</summary>
internal sealed class LabelDraw
{
    private readonly DataSet _data;
    private readonly LabelSettings _settings;
    private readonly LabelGiver _careful;
    private readonly LabelGiver _careless;
    private readonly UniformLabels _uniform;

    /// <param name="data">The data set that clients label.</param>
    /// <param name="settings">Where labels come from; null: the true ones from full effort, uniform ones from none.</param>
    /// <param name="clients">The number of clients N.</param>
    /// <param name="seed">The game's: who of the annotators a client is.</param>
    /// <exception cref="SettingException">A source does not fit the data.</exception>
    public LabelDraw(DataSet data, LabelSettings? settings, int clients, Seed seed)
    {
        (_data, _settings, _uniform) = (data, settings ?? new LabelSettings(), new UniformLabels(data));
        if (_settings.Skill.Count != 1 && _settings.Skill.Count != clients)
        {
            throw new SettingException("data.labels.skill", $"has {_settings.Skill.Count} entries, but data.clients is {clients}");
        }

        var annotators = _settings.Annotators is { } asked && Uses(LabelSource.Annotators)
            ? new AnnotatorLabels(AnnotatorTable.Of(asked, data), data, asked.WorkersPerClient, clients, seed.For("annotators"))
            : null;
        _careful = Giver(_settings.Careful, "careful", _settings.CarefulColumn, annotators);
        _careless = Giver(_settings.Careless, "careless", _settings.CarelessColumn, annotators);
    }

    /// <summary>Whether labels without effort are uniform.</summary>
    public bool CarelessIsUniform => _careless is UniformLabels;

    /// <summary>
    /// Labels one client's samples. Sample j is labeled with care iff U_j is below the effort e, and its careful label is what care leads
    /// to iff V_j is below the client's skill; every other label is what no care leads to. U_j, V_j and both labels do not depend on e:
    /// less effort only turns careful labels into careless ones.
    /// </summary>
    /// <returns>One label per sample, or null where all are true.</returns>
    /// <exception cref="InvalidActionException">The effort, or a label that the labeler gave, does not exist.</exception>
    public byte[]? Draw(LabelingTask task, int[] samples)
    {
        if (!(task.Effort is >= 0 and <= 1))
        {
            throw new InvalidActionException($"effort {task.Effort} is not between 0 and 1");
        }

        double skill = _settings.SkillOf(task.Client);
        if (task.Effort == 1 && skill == 1 && _careful is TrueLabels && task.Labeler is null)
        {
            return null;
        }

        var (chance, mastery, own) = (task.Seed.For("effort"), task.Seed.For("skill"), task.Seed.For("labeler"));
        var draws = new LabelDraws(task.Seed.For("label"), task.Seed.For("worker"));
        var given = new byte[samples.Length];
        for (int j = 0; j < given.Length; j++)
        {
            bool careful = chance.Uniform(j) < task.Effort && (skill == 1 || mastery.Uniform(j) < skill);
            int label = Label(careful, task.Client, samples[j], j, draws);
            label = task.Labeler?.Label(new LabelView
            {
                Client = task.Client,
                Sample = j,
                Label = label,
                ClassCount = _data.ClassCount,
                Seed = own,
            }) ?? label;
            if (label < 0 || label >= _data.ClassCount)
            {
                throw new InvalidActionException(
                    $"client {task.Client} gave sample {j} the label {label}, which is not between 0 and {_data.ClassCount - 1}");
            }

            given[j] = (byte)label;
        }

        return given;
    }

    /// <summary>The probability that a client's label of a sample is wrong where it makes no effort.</summary>
    public double CarelessWrong(int client, int sample) => _careless.Wrong(client, sample) ?? _uniform.Wrong(client, sample)!.Value;

    /// <summary>A label that nobody knows is a careless one, and where that is not known either, a uniform one.</summary>
    private int Label(bool careful, int client, int sample, int position, in LabelDraws draws)
    {
        int label = careful ? _careful.Label(client, sample, position, draws) : LabelGiver.Unknown;
        label = label == LabelGiver.Unknown ? _careless.Label(client, sample, position, draws) : label;
        return label == LabelGiver.Unknown ? _uniform.Label(client, sample, position, draws) : label;
    }

    private bool Uses(LabelSource source) => _settings.Careful == source || _settings.Careless == source;

    private LabelGiver Giver(LabelSource source, string use, string? column, AnnotatorLabels? annotators) => source switch
    {
        LabelSource.Truth => new TrueLabels(_data),
        LabelSource.Uniform => _uniform,
        LabelSource.Confusion => new ConfusedLabels(
            _data, _settings.Confusion ?? throw new SettingException("data.labels.confusion", $"is not set, but {use} is confusion")),
        LabelSource.Column => new ColumnLabels(_data, column, $"data.labels.{use}-column"),
        LabelSource.Annotators => annotators
            ?? throw new SettingException("data.labels.annotators.file", $"is not set, but {use} is annotators"),
        _ => throw new SettingException($"data.labels.{use}", $"is {source}, which this program does not know"),
    };
}
