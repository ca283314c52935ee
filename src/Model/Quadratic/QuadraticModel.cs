namespace FLCrowd.Model.Quadratic;

/// <summary>The learning side of a <see cref="QuadraticWorld"/>: exact losses, no data, nothing to label.</summary>
internal sealed class QuadraticModel(QuadraticWorld world)
    : ILearningModel, IConstantsEstimator, IGradientModel, IExpectedLoss, IRegularized
{
    /// <inheritdoc/>
    public int ParameterCount => world.Dimension;

    /// <inheritdoc/>
    public int ClassCount => 0;

    /// <inheritdoc/>
    public int SampleCount(int client) => 0;

    /// <inheritdoc/>
    public void Initialise(Span<float> model)
    {
        for (int k = 0; k < model.Length; k++)
        {
            model[k] = (float)world.Initial[k];
        }
    }

    /// <inheritdoc/>
    public ClientLabels Label(LabelingTask task) => task.Effort is >= 0 and <= 1
        ? new ClientLabels(task.Client, task.Effort, null)
        : throw new InvalidActionException($"effort {task.Effort} is not between 0 and 1");

    /// <inheritdoc/>
    public void Train(ReadOnlySpan<float> global, TrainingProtocol protocol, IReadOnlyList<LocalTask> chunk)
    {
        foreach (var task in chunk)
        {
            TrainOne(global, protocol, task);
        }
    }

    /// <inheritdoc/>
    public Evaluation Evaluate(ReadOnlySpan<float> model)
    {
        var exact = new double[model.Length];
        for (int k = 0; k < exact.Length; k++)
        {
            exact[k] = model[k];
        }

        double loss = world.Loss(exact);
        return new Evaluation(loss, loss, double.NaN);
    }

    /// <inheritdoc/>
    public void TestGradient(ReadOnlySpan<float> model, Span<float> gradient)
    {
        for (int k = 0; k < model.Length; k++)
        {
            gradient[k] = (float)(world.Curvature[k] * (model[k] - world.Optimum[k]));
        }
    }

    /// <summary>Nothing: the test loss is what training minimises.</summary>
    public double Penalty(ReadOnlySpan<float> model) => 0;

    /// <inheritdoc/>
    public double ExpectedLoss(IReadOnlyList<ClientAction> profile, TrainingProtocol protocol) => world.ExpectedLoss(profile, protocol);

    /// <inheritdoc/>
    public LearningConstants Estimate(TrainingProtocol protocol, IReadOnlyList<int> batchSizes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(batchSizes.Count, world.ClientCount);
        return QuadraticConstants.Of(world, protocol);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void TrainOne(ReadOnlySpan<float> global, TrainingProtocol protocol, LocalTask task)
    {
        if (task.BatchSize < 1)
        {
            throw new InvalidActionException($"client {task.Labels.Client}: batch size {task.BatchSize} is below 1");
        }

        var local = task.Local.Span;
        var centre = world.Centre(task.Labels.Client);
        double deviation = Math.Sqrt(world.Noise / task.BatchSize);
        global.CopyTo(local);
        for (int step = 1; step <= protocol.LocalSteps; step++)
        {
            // One draw per coordinate whatever D is: two batch sizes differ by the scale of the noise alone.
            var seed = task.Seed.For("step", step);
            for (int k = 0; k < local.Length; k++)
            {
                double optimum = centre[k] + (1 - task.Labels.Effort) * world.Shift[k];
                double gradient = world.Curvature[k] * (local[k] - optimum) + deviation * seed.Normal(k);
                local[k] = (float)(local[k] - protocol.StepSize * gradient);
            }
        }
    }
}
