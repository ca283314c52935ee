using Akka.Actor;

namespace FLCrowd.Actors.Nodes;

/// <summary>
/// Makes an actor by a function. <c>Props.Create(() => new ...)</c> takes an expression, whose arguments it compiles anew every time:
/// that is half a millisecond, which a crowd of a hundred thousand clients cannot afford.
/// </summary>
/// <param name="make">Makes it.</param>
internal sealed class Made<TActor>(Func<TActor> make) : IIndirectActorProducer
    where TActor : ActorBase
{
    public Type ActorType => typeof(TActor);

    public ActorBase Produce() => make();

    public void Release(ActorBase actor)
    {
    }
}
