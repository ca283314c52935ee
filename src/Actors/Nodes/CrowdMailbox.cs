using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace FLCrowd.Actors.Nodes;

/// <summary>
/// A mailbox for actors of which there are a million, each with a message now and then: an empty one is nothing but itself, where Akka's
/// keeps room for 32 messages, more than a kilobyte.
/// </summary>
/// <param name="settings">The system's.</param>
/// <param name="config">Its section; nothing in it matters.</param>
internal sealed class CrowdMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<CrowdMailbox.Box>
{
    /// <summary>Where akka.conf says so.</summary>
    internal const string Id = "flcrowd.crowd-mailbox";

    /// <summary>An actor with such a mailbox; with Akka's where nobody configured one.</summary>
    internal static Props Of(Props actor, ActorSystem system) =>
        system.Settings.Config.HasPath(Id) ? actor.WithMailbox(Id) : actor;

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new Box();

    /// <summary>Messages in the order in which they came; the first one needs no room of its own.</summary>
    public sealed class Box : IMessageQueue, IUnboundedMessageQueueSemantics
    {
        private Envelope _first;
        private int _count;
        private Queue<Envelope>? _others;

        /// <inheritdoc/>
        public bool HasMessages => Volatile.Read(ref _count) > 0;

        /// <inheritdoc/>
        public int Count => Volatile.Read(ref _count);

        /// <inheritdoc/>
        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            lock (this)
            {
                if (_count == 0)
                {
                    _first = envelope;
                }
                else
                {
                    (_others ??= new Queue<Envelope>(2)).Enqueue(envelope);
                }

                _count++;
            }
        }

        /// <inheritdoc/>
        public bool TryDequeue(out Envelope envelope)
        {
            if (!HasMessages)
            {
                envelope = default;
                return false;
            }

            lock (this)
            {
                // Nobody else takes any: an actor is at one message at a time.
                envelope = _first;
                _first = _others is { Count: > 0 } ? _others.Dequeue() : default;
                _count--;
                if (_count == 0)
                {
                    _others = null;
                }
            }

            return true;
        }

        /// <inheritdoc/>
        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (TryDequeue(out var envelope))
            {
                deadletters.Enqueue(owner, envelope);
            }
        }
    }
}
