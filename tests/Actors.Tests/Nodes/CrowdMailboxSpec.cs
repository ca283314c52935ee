using Akka.Actor;
using Akka.Dispatch.MessageQueues;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Nodes;

namespace FLCrowd.Actors.Tests.Nodes;

public class CrowdMailboxSpec : TestKit
{
    [Fact]
    public void Messages_come_out_in_the_order_in_which_they_came_whatever_lies_between()
    {
        var box = new CrowdMailbox.Box();
        Assert.False(box.TryDequeue(out _));
        var (sent, taken) = (0, 0);
        foreach (int burst in new[] { 1, 3, 2, 40, 1 })
        {
            for (int message = 0; message < burst; message++)
            {
                box.Enqueue(ActorRefs.Nobody, new Envelope(sent++, ActorRefs.NoSender));
            }

            for (int message = 0; message < burst / 2; message++)
            {
                Assert.True(box.TryDequeue(out var envelope));
                Assert.Equal(taken++, envelope.Message);
            }

            Assert.Equal((sent - taken, sent > taken), (box.Count, box.HasMessages));
        }

        while (box.TryDequeue(out var envelope))
        {
            Assert.Equal(taken++, envelope.Message);
        }

        Assert.Equal((sent, false), (taken, box.HasMessages));
    }

    [Fact]
    public void Nothing_that_several_senders_send_at_once_is_lost_and_each_ones_messages_keep_their_order()
    {
        const int Senders = 4, Each = 20_000;
        var box = new CrowdMailbox.Box();
        var senders = Enumerable.Range(0, Senders).Select(sender => new Thread(() =>
        {
            for (int message = 0; message < Each; message++)
            {
                box.Enqueue(ActorRefs.Nobody, new Envelope((sender, message), ActorRefs.NoSender));
            }
        })).ToList();
        senders.ForEach(sender => sender.Start());
        var next = new int[Senders];
        for (int count = 0; count < Senders * Each;)
        {
            if (box.TryDequeue(out var envelope))
            {
                var (sender, message) = ((int, int))envelope.Message;
                Assert.Equal(next[sender]++, message);
                count++;
            }
        }

        Assert.All(next, count => Assert.Equal(Each, count));
    }

    [Fact]
    public void What_nobody_took_goes_where_lost_messages_go()
    {
        var (box, lost) = (new CrowdMailbox.Box(), new UnboundedMessageQueue());
        box.Enqueue(ActorRefs.Nobody, new Envelope("one", ActorRefs.NoSender));
        box.Enqueue(ActorRefs.Nobody, new Envelope("two", ActorRefs.NoSender));
        box.CleanUp(ActorRefs.Nobody, lost);
        Assert.Equal((2, 0), (lost.Count, box.Count));
    }
}
