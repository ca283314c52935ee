using FLCrowd.Conformance;
using Xunit;

namespace FLCrowd.Sample.Plugin.Tests;

/// <summary>The sample keeps the rules of FLCrowd.</summary>
public class ConformanceTests
{
    public static TheoryData<string> StrategyRules => [.. StrategyConformance.Rules];

    public static TheoryData<string> MechanismRules => [.. MechanismConformance.Rules];

    [Theory]
    [MemberData(nameof(StrategyRules))]
    public void NoisyReporter(string rule) =>
        new StrategyConformance(new SamplePlugin(), "sample/noisy-reporter") { DrawsAtRandom = false }.Check(rule);

    [Theory]
    [MemberData(nameof(StrategyRules))]
    public void FadingReporter(string rule) => new StrategyConformance(new SamplePlugin(), "sample/fading-reporter").Check(rule);

    [Theory]
    [MemberData(nameof(StrategyRules))]
    public void WinStayLoseShift(string rule) =>
        new StrategyConformance(new SamplePlugin(), "sample/win-stay-lose-shift") { Options = """{ "aspiration": 5 }""" }.Check(rule);

    [Theory]
    [MemberData(nameof(MechanismRules))]
    public void TargetBonus(string rule) => new MechanismConformance(new SamplePlugin(), "sample/target-bonus").Check(rule);

    [Theory]
    [MemberData(nameof(MechanismRules))]
    public void ImprovementShare(string rule) => new MechanismConformance(new SamplePlugin(), "sample/improvement-share").Check(rule);
}
