namespace FLCrowd.Model.Tests.Data;

public sealed class CifarSpec : IDisposable
{
    private const int Pixels = 3072;
    private readonly DataFolder _folder = new();

    private object Options => new { folder = _folder.Root };

    [Fact]
    public void Ten_classes_are_read()
    {
        WriteTen();
        _folder.Write("batches.meta.txt", "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n");
        var data = DataFolder.Load("cifar", Options);
        Assert.Equal((10, new SampleShape(3, 32, 32), 10, 2), (data.ClassCount, data.Shape, data.Training.Count, data.Test.Count));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], data.Training.Labels);
        Assert.Equal("truck", data.ClassNames[9]);
        Assert.Equal(1f, data.Test.Features[1]);
        Assert.Equal(Enumerable.Range(0, Pixels).Select(k => (k % 256) / 255f), data.Training.Features[^Pixels..]);
        Assert.Equal(7, data.Files.Count);
    }

    [Fact]
    public void A_hundred_classes_are_read_by_either_label()
    {
        WriteHundred();
        var fine = DataFolder.Load("cifar", Options);
        Assert.Equal((100, 99, 0), (fine.ClassCount, fine.Training.Labels[1], fine.ClassNames.Count));
        var coarse = DataFolder.Load("cifar", new { folder = _folder.Root, labels = "coarse" });
        Assert.Equal((20, 19), (coarse.ClassCount, coarse.Training.Labels[1]));
        Assert.Equal(fine.Training.Features, coarse.Training.Features);
    }

    [Fact]
    public void A_wrong_folder_is_named_with_what_would_be_right()
    {
        Assert.Equal("data.cifar.folder: is not set; must be the folder of the binary version of CIFAR-10 or CIFAR-100",
            _folder.Refused("cifar", new { }));
        Assert.Equal("FOLDER: has neither data_batch_1.bin (CIFAR-10) nor train.bin (CIFAR-100); must be "
            + "the folder of the binary version of one of them", _folder.Refused("cifar", Options));
        WriteTen();
        Assert.Equal("data.cifar.labels: is coarse, and the files are CIFAR-10's, which has only fine ones",
            _folder.Refused("cifar", new { folder = _folder.Root, labels = "coarse" }));
        File.Delete(_folder["data_batch_3.bin"]);
        Assert.Equal("data_batch_3.bin: is missing; it must be a file of CIFAR's binary version", _folder.Refused("cifar", Options));
        _folder.Write("data_batch_3.bin", new byte[3000]);
        Assert.Equal("data_batch_3.bin: holds 3000 bytes; must be a multiple of 3073: 1 of labels and 3072 of pixels for each image",
            _folder.Refused("cifar", Options));
        _folder.Write("data_batch_3.bin", [.. Record(3), .. Record(10)]);
        Assert.Equal("data_batch_3.bin: label 1 is 10; must be 0 to 9", _folder.Refused("cifar", Options));
        WriteTen();
        _folder.Write("batches.meta.txt", "airplane\n");
        Assert.Equal("batches.meta.txt: has 1 names; must have 10, one on each line", _folder.Refused("cifar", Options));
        WriteHundred();
        Assert.Equal("FOLDER: has data_batch_1.bin of CIFAR-10 and train.bin of CIFAR-100; must be the folder of one of them",
            _folder.Refused("cifar", Options));
    }

    [Fact]
    public void Whatever_the_bytes_there_is_one_message()
    {
        WriteTen();
        _folder.Fuzz("cifar", Options, "data_batch_1.bin");
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Record(params byte[] labels) => [.. labels, .. Enumerable.Range(0, Pixels).Select(k => (byte)k)];

    private void WriteTen()
    {
        for (byte batch = 1; batch <= 5; batch++)
        {
            _folder.Write($"data_batch_{batch}.bin", [.. Record((byte)((2 * batch) - 2)), .. Record((byte)((2 * batch) - 1))]);
        }

        _folder.Write("test_batch.bin", [3, .. Enumerable.Repeat((byte)255, Pixels), .. Record(4)]);
    }

    private void WriteHundred()
    {
        _folder.Write("train.bin", [.. Record(0, 4), .. Record(19, 99)]);
        _folder.Write("test.bin", Record(2, 31));
    }
}
