using System.Globalization;
using System.Numerics.Tensors;

namespace FLCrowd.Strategies.Clients;

/// <summary>
/// Reports that change from round to round (docs/truth-over-time.md), by a name and numbers, such as <c>linear 5 0</c>. The update is
/// w_H - w, scaled by the action's gamma; the crowd's last step is w_{t-1} - w_{t-2}, of which there is none in round 1.
/// </summary>
internal sealed class ReportShape : IReporter
{
    /// <summary>What there is, with the least and the greatest number of values.</summary>
    private static readonly (string Name, int Least, int Most, string Usage)[] Forms =
    [
        ("linear", 2, 2, "linear A B"),
        ("pieces", 1, 100, "pieces A B ..."),
        ("replay", 1, 1, "replay FACTOR"),
        ("average", 1, 1, "average WEIGHT"),
        ("inflate", 1, 2, "inflate SHARE [ROUNDS]"),
        ("noise", 1, 1, "noise FACTOR"),
        ("stale", 0, 0, "stale"),
        ("mix", 3, 102, "mix STEP SHARE A B ..."),
    ];

    private readonly string _form;
    private readonly double[] _values;

    private ReportShape(string form, double[] values) => (_form, _values) = (form, values);

    /// <summary>What a text may be.</summary>
    public static string Usage => string.Join(" | ", Forms.Select(form => form.Usage));

    /// <summary>Reads a shape; null where the text is none.</summary>
    public static ReportShape? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var form = Forms.FirstOrDefault(candidate => words.Length > 0 && candidate.Name == words[0]);
        if (form.Name is null || words.Length - 1 < form.Least || words.Length - 1 > form.Most)
        {
            return null;
        }

        var values = new double[words.Length - 1];
        for (int k = 0; k < values.Length; k++)
        {
            if (!double.TryParse(words[k + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out values[k])
                || !Magnitude.Fits(values[k]))
            {
                return null;
            }
        }

        bool isOdd = form.Name == "inflate" && values.Length > 1 && !(values[1] >= 1 && values[1] == Math.Floor(values[1]));
        return isOdd ? null : new ReportShape(form.Name, values);
    }

    public void Report(in ReportView view, Span<float> report)
    {
        switch (_form)
        {
            // The update times a number that goes evenly from A in round 1 to B in round T.
            case "linear":
                double along = view.Rounds <= 1 ? 0 : (double)(view.Round - 1) / (view.Rounds - 1);
                Scale(view, report, _values[0] + (_values[1] - _values[0]) * along);
                break;

            // The update times a number for each of equal parts of the rounds.
            case "pieces":
                Scale(view, report, _values[(int)((long)(view.Round - 1) * _values.Length / Math.Max(view.Round, view.Rounds))]);
                break;

            // The crowd's last step times a factor; nothing of one's own.
            case "replay":
                view.Global.CopyTo(report);
                AddStep(view, report, _values[0]);
                break;

            // One's own update and the crowd's last step, by weight.
            case "average":
                Scale(view, report, 1 - _values[0]);
                AddStep(view, report, _values[0]);
                break;

            // The update, and in the last rounds SHARE w / p_i on top, which moves the mean of all reports by SHARE w.
            case "inflate":
                if (view.Round > view.Rounds - (_values.Length > 1 ? _values[1] : 1))
                {
                    TensorPrimitives.MultiplyAdd(view.Global, (float)(_values[0] / view.Weight), report, report);
                }

                break;

            // Noise as long as the crowd's last step, times a factor.
            case "noise":
                AddNoise(view, report, _values[0]);
                break;

            // One's update on top of the model before the last one.
            case "stale":
                AddStep(view, report, -1);
                break;

            // All that goes together: pieces A B ..., the crowd's last step times STEP, and in the last round SHARE w / p_i.
            default:
                Scale(view, report, _values[2 + (int)((long)(view.Round - 1) * (_values.Length - 2) / Math.Max(view.Round, view.Rounds))]);
                AddStep(view, report, _values[0]);
                if (view.Round == view.Rounds)
                {
                    TensorPrimitives.MultiplyAdd(view.Global, (float)(_values[1] / view.Weight), report, report);
                }

                break;
        }
    }

    /// <summary>w + gamma u.</summary>
    private static void Scale(in ReportView view, Span<float> report, double gamma)
    {
        TensorPrimitives.Subtract(report, view.Global, report);
        TensorPrimitives.MultiplyAdd(report, (float)gamma, view.Global, report);
    }

    /// <summary>Adds the crowd's last step, times a factor; nothing in the first round.</summary>
    private static void AddStep(in ReportView view, Span<float> report, double factor)
    {
        if (!view.Previous.IsEmpty)
        {
            TensorPrimitives.MultiplyAdd(view.Global, (float)factor, report, report);
            TensorPrimitives.MultiplyAdd(view.Previous, (float)-factor, report, report);
        }
    }

    /// <summary>w and noise whose expected square is that of the crowd's last step.</summary>
    private static void AddNoise(in ReportView view, Span<float> report, double factor)
    {
        view.Global.CopyTo(report);
        if (view.Previous.IsEmpty)
        {
            return;
        }

        double square = 0;
        for (int k = 0; k < report.Length; k++)
        {
            double step = view.Global[k] - view.Previous[k];
            square += step * step;
        }

        float scale = (float)(factor * Math.Sqrt(square / report.Length));
        for (int k = 0; k < report.Length; k++)
        {
            report[k] += scale * (float)view.Seed.Normal(k);
        }
    }
}
