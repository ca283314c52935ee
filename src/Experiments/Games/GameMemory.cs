using FLCrowd.Actors.Definitions;

namespace FLCrowd.Experiments.Games;

/// <summary>What a game takes in memory, in bytes, from what is known of it before it is played; all at once, where it is played on one
/// machine.</summary>
/// <param name="Clients">Their actors and strategies.</param>
/// <param name="Data">The data set, which all games share.</param>
/// <param name="Samples">Which samples the clients hold, and how they label them.</param>
/// <param name="Models">The global models, and the local ones that are there at once.</param>
/// <param name="Batches">The largest mini-batch.</param>
/// <param name="Evaluations">The tests of an episode, which are kept to its end.</param>
internal sealed record GameMemory(double Clients, double Data, double Samples, double Models, double Batches, double Evaluations)
{
    /// <summary>An actor, its mailbox, its strategy and what others keep of it: what ten thousand of them take, each.</summary>
    private const double PerClient = 4_000;

    /// <summary>An entry of a sorted table and of the list that is recorded.</summary>
    private const double PerEvaluation = 128;

    /// <summary>Global models that tests, rounds and messages may hold at once.</summary>
    private const int GlobalModels = 16;

    public double Total => Clients + Data + Samples + Models + Batches + Evaluations;

    /// <summary>All that only this game has.</summary>
    public double OwnTotal => Total - Data;

    /// <exception cref="SettingException">There are more clients than the memory holds.</exception>
    public static void CheckClients(int clients) =>
        LearningSetup.RequireMemory("data.clients", $"is {clients}: their actors and strategies", clients * PerClient);

    /// <param name="game">The game.</param>
    /// <param name="parts">Its model.</param>
    /// <param name="linear">Whether local models are added up as they come; otherwise all of a round are kept.</param>
    public static GameMemory Of(GameDefinition game, GameParts parts, bool linear)
    {
        int clients = game.Crowd.Clients;
        double model = (double)parts.ParameterCount * sizeof(float);
        long samples = parts.Profiles.Sum(profile => (long)profile.SampleCount);
        var data = parts.Data;
        int training = Math.Min(clients, game.Execution.ChunkSize * Environment.ProcessorCount);
        return new GameMemory(
            clients * PerClient,
            data is null ? 0 : (double)data.Training.FeatureBytes + data.Test.FeatureBytes,
            samples * (double)(sizeof(int) + sizeof(byte)),
            model * (GlobalModels + (linear ? training : clients)),
            parts.ClassCount == 0
                ? 0
                : parts.StartingBatchSizes().Max() * (sizeof(int) + sizeof(byte) + (double)parts.ClassCount * sizeof(float)),
            (double)Evaluated(game) * PerEvaluation);
    }

    /// <exception cref="SettingException">A part of it alone is more than there is; names the setting.</exception>
    public void Check(GameDefinition game)
    {
        LearningSetup.RequireMemory("game.assignment", "asks for mini-batches that", Batches);
        LearningSetup.RequireMemory(
            "learning.rounds",
            $"is {game.Learning.Protocol.Rounds}: with execution.evaluate-every {game.Execution.EvaluateEvery}, the tests of an episode",
            Evaluations);
        LearningSetup.RequireMemory(
            "learning.model", $"is {game.Learning.Model.Name}, whose models with {game.Crowd.Clients} clients", Models);
        LearningSetup.RequireMemory("data.clients", $"is {game.Crowd.Clients}: such a game's clients, samples and models", Total);
    }

    /// <summary>Tests of an episode.</summary>
    public static long Evaluated(GameDefinition game) =>
        game.Execution.EvaluateEvery == 0 ? 1 : 2L + (game.Learning.Protocol.Rounds - 1) / game.Execution.EvaluateEvery;
}
