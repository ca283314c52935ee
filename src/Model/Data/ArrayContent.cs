using System.Globalization;
using System.Numerics.Tensors;

namespace FLCrowd.Model.Data;

/// <summary>The numbers of an array in a file, read in pieces: nothing is held twice.</summary>
/// <param name="form">What the array's head says.</param>
/// <param name="source">What follows it.</param>
/// <param name="most">The bytes that can follow at most: what is longer by its head is refused before memory is taken for it.</param>
internal sealed class ArrayContent(ArrayForm form, Stream source, long most)
{
    private const int PieceLength = 1 << 14;

    /// <summary>Features in the order of <see cref="LabeledSamples"/>.</summary>
    /// <param name="scale">What they are divided by; null: 255 for bytes, 1 for others.</param>
    /// <param name="layout">Where the channels of images are.</param>
    /// <exception cref="SettingException">The file is too long or too short, too large for the memory, or has numbers that are none.
    /// </exception>
    public FeatureArray Features(double? scale, ImageLayout layout)
    {
        var shape = form.Shape(layout);
        bool areBytes = form.Type.IsByte && !form.IsColumnMajor;
        bool channelsLast = form.Dimensions.Count == 4 && layout == ImageLayout.ChannelsLast;
        Require(form.Type.Size);
        FeatureMemory.Require(form.Owner, form.Count, form.Length / form.Count, areBytes ? sizeof(byte) : sizeof(float));
        double divisor = scale ?? (form.Type.IsByte ? byte.MaxValue : 1);
        if (areBytes)
        {
            var bytes = new byte[(int)form.Length];
            var buffer = new byte[PieceLength];
            Pieces(buffer, (at, count) => buffer.AsSpan(0, count).CopyTo(bytes.AsSpan(at)));
            return new FeatureArray(null, channelsLast ? ChannelsFirst(bytes, shape) : bytes, (float)divisor);
        }

        var features = new float[(int)form.Length];
        Numbers((at, number) => features[at] = (float)(number / divisor));
        RequireFinite(features, shape.FeatureCount);
        return new FeatureArray(channelsLast ? ChannelsFirst(features, shape) : features, null, 1);
    }

    /// <summary>Classes.</summary>
    /// <param name="classes">How many there are; null: as many as a byte can tell apart.</param>
    /// <exception cref="SettingException">A label is none, or the file is not as long as it should be.</exception>
    public byte[] Labels(int? classes)
    {
        int last = (classes ?? byte.MaxValue + 1) - 1;
        if (form.Length != form.Count)
        {
            throw form.Wrong($"holds {form.Size} numbers; labels must be one for each sample");
        }

        Require(form.Type.Size);
        var labels = new byte[form.Count];
        Numbers((at, number) => labels[at] = number >= 0 && number <= last && number == Math.Floor(number)
            ? (byte)number
            : throw form.Wrong(string.Create(CultureInfo.InvariantCulture,
                $"label {at} is {number}; must be {(form.Type.Kind == ElementKind.Real ? "a whole number, " : "")}0 to {last}")));
        return labels;
    }

    /// <summary>The numbers as they are, in the order of the samples.</summary>
    public double[] Numbers()
    {
        Require(form.Type.Size);
        var numbers = new double[(int)form.Length];
        Numbers((at, number) => numbers[at] = number);
        return numbers;
    }

    /// <summary>The bytes as they are: for elements that are no numbers.</summary>
    /// <param name="size">The bytes of an element.</param>
    public byte[] Bytes(int size)
    {
        Require(size, size);
        var bytes = new byte[(int)form.Length * size];
        int found = source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        RequireAll(found + (found == bytes.Length ? Drained() : 0), bytes.Length);
        return bytes;
    }

    private void Numbers(Action<int, double> take)
    {
        var bytes = new byte[PieceLength * form.Type.Size];
        var numbers = new double[PieceLength];
        var order = form.IsColumnMajor ? new ColumnMajor(form.Dimensions) : null;
        Pieces(bytes, (at, count) =>
        {
            form.Type.Read(bytes.AsSpan(0, count * form.Type.Size), numbers);
            for (int k = 0; k < count; k++)
            {
                take(order?.Next() ?? at + k, numbers[k]);
            }
        });
    }

    /// <summary>Fills the buffer again and again; says where the elements in it begin, and how many they are.</summary>
    private void Pieces(byte[] buffer, Action<int, int> take)
    {
        int size = form.Type.Size;
        long bytes = (long)form.Length * size;
        for (long at = 0; at < bytes; at += buffer.Length)
        {
            int asked = (int)Math.Min(buffer.Length, bytes - at);
            int found = source.ReadAtLeast(buffer.AsSpan(0, asked), asked, throwOnEndOfStream: false);
            if (found < asked)
            {
                RequireAll(at + found, bytes);
            }

            take((int)(at / size), asked / size);
        }

        RequireAll(bytes + Drained(), bytes);
    }

    /// <summary>Refuses what the file cannot hold, or an array cannot.</summary>
    private void Require(int size, int perNumber = 1)
    {
        var bytes = form.Length * size;
        if (bytes > most)
        {
            throw form.Wrong($"holds {Drained()} bytes of data; must be {bytes} ({form.Size})");
        }

        if (form.Length * perNumber > Array.MaxLength)
        {
            throw form.Wrong($"holds {form.Size} elements, which no array can hold");
        }
    }

    private void RequireAll(long found, long right)
    {
        if (found != right)
        {
            throw form.Wrong($"holds {found} bytes of data; must be {right} ({form.Size})");
        }
    }

    /// <summary>Reads what is left; says how much it was.</summary>
    private long Drained()
    {
        var buffer = new byte[PieceLength];
        long sum = 0;
        for (int read = source.Read(buffer); read > 0; read = source.Read(buffer))
        {
            sum += read;
        }

        return sum;
    }

    private void RequireFinite(float[] features, int width)
    {
        int odd = float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(features))
            ? -1
            : Array.FindIndex(features, feature => !float.IsFinite(feature));
        if (odd >= 0)
        {
            throw form.Wrong(string.Create(CultureInfo.InvariantCulture,
                $"has {features[odd]} as feature {odd % width} of sample {odd / width}; must be finite"));
        }
    }

    private static T[] ChannelsFirst<T>(T[] features, SampleShape shape)
    {
        var sample = new T[shape.FeatureCount];
        int pixels = shape.Height * shape.Width;
        for (int start = 0; start < features.Length; start += sample.Length)
        {
            features.AsSpan(start, sample.Length).CopyTo(sample);
            for (int k = 0; k < sample.Length; k++)
            {
                features[start + (k % shape.Channels * pixels) + (k / shape.Channels)] = sample[k];
            }
        }

        return features;
    }

    /// <summary>Where the elements of an array whose first index runs fastest stand in one whose last index does.</summary>
    private sealed class ColumnMajor
    {
        private readonly IReadOnlyList<int> _dimensions;
        private readonly int[] _strides;
        private readonly int[] _index;
        private int _position;

        public ColumnMajor(IReadOnlyList<int> dimensions)
        {
            (_dimensions, _strides, _index) = (dimensions, new int[dimensions.Count], new int[dimensions.Count]);
            int stride = 1;
            for (int axis = dimensions.Count - 1; axis >= 0; axis--)
            {
                _strides[axis] = stride;
                stride *= dimensions[axis];
            }
        }

        public int Next()
        {
            int position = _position;
            for (int axis = 0; axis < _index.Length; axis++)
            {
                _position += _strides[axis];
                if (++_index[axis] < _dimensions[axis])
                {
                    break;
                }

                _position -= _index[axis] * _strides[axis];
                _index[axis] = 0;
            }

            return position;
        }
    }
}
