namespace FLCrowd.Actors.Learning;

/// <summary>What a mechanism may ask of a model: test data and nothing else.</summary>
internal sealed class ModelValidation(ILearningModel model) : IValidation
{
    public double Loss(ReadOnlySpan<float> parameters) => model.TestLoss(parameters);

    public void Gradient(ReadOnlySpan<float> parameters, Span<float> gradient)
    {
        if (model is not IGradientModel differentiable)
        {
            throw new InvalidOperationException("the model does not know the gradient of its test loss");
        }

        differentiable.TestGradient(parameters, gradient);
    }
}
