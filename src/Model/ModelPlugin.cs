using FLCrowd.Model.Data;
using FLCrowd.Model.Data.Images;
using FLCrowd.Model.Data.Numpy;
using FLCrowd.Model.Data.Tabular;
using FLCrowd.Model.Estimation;
using FLCrowd.Model.Models;
using FLCrowd.Model.Partitions;
using FLCrowd.Model.Quadratic;
using FLCrowd.Model.Training;

namespace FLCrowd.Model;

/// <summary>Registers the built-in data sets, partitions and models.</summary>
public sealed class ModelPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddDataSet<MnistOptions>(
            "mnist",
            "Handwritten digits: 60,000 training and 10,000 test images of 28 x 28 pixels in ten classes.",
            options => MnistFolder.Load(options.Folder ?? MnistOptions.DefaultFolder));
        registry.AddDataSet<IdxOptions>(
            "idx",
            "Any folder of idx files, as MNIST, Fashion-MNIST, KMNIST and EMNIST come in.",
            options => IdxFolder.Load("idx", options));
        registry.AddDataSet<NumpyOptions>("npz", "Arrays of NumPy: a .npz file, or .npy files.", NumpyData.Load);
        registry.AddDataSet<CsvOptions>(
            "csv", "A table as text: a label, numbers and categories; a file to train on and one to test on, or one that is split.",
            TabularData.LoadCsv);
        registry.AddDataSet<ParquetOptions>("parquet", "A table as csv reads it, in a Parquet file.", TabularData.LoadParquet);
        registry.AddDataSet<CifarOptions>("cifar", "CIFAR-10 and CIFAR-100, the binary version.", CifarFolder.Load);
        registry.AddDataSet<ImageOptions>("images", "PNG and JPEG files, a folder for each class.", ImageFolder.Load);
        registry.AddDataSet<NoOptions>(
            "digits",
            "Small handwritten digits that come with the program: 2,000 training and 500 test images of 8 x 8 pixels in ten classes.",
            _ => IdxFolder.Load("digits", new IdxOptions { Folder = IdxFolder.Digits }));
        registry.AddPartition<LastDigitOptions>(
            "last-digit",
            "A share of a client's samples has the class of its index's last digit, the rest is uniform: the paper's.",
            (options, setup) => options.Overlap ? new LastDigitPartition(options, setup) : new DisjointLastDigit(options, setup));
        registry.AddPartition<OverlapOptions>(
            "iid",
            "Every sample is uniform over the training set.",
            (options, setup) => options.Overlap ? new IidPartition(setup.Data) : new DisjointIid(setup));
        registry.AddPartition<DirichletOptions>(
            "dirichlet",
            "Class proportions are drawn for each client from a symmetric Dirichlet distribution.",
            (options, setup) => options.Overlap ? new DirichletPartition(options, setup) : new DisjointDirichlet(options, setup));
        registry.AddPartition<ShardsOptions>(
            "shards",
            "The training set is sorted by class and cut into shards, a few of them for each client.",
            (options, setup) => options.Overlap ? new DrawnClasses(options, setup) : new ShardsPartition(options, setup));
        registry.AddPartition<ByColumnOptions>(
            "by-column",
            "Natural clients: a column of the data set says whose a sample is.",
            (options, setup) => new ByColumnPartition(options, setup));
        registry.AddModel<SoftmaxOptions>(
            "softmax",
            "Softmax regression with l2 regularisation, bias included: smooth and strongly convex, as the theory assumes.",
            (options, setup) => options.L2 > 0
                ? new SoftmaxModel(setup, options.L2, options.Kernel)
                : new ClassificationModel(setup, options.L2, data => Networks.Softmax(data, options.Kernel)));
        registry.AddModel<MlpOptions>(
            "mlp",
            "One hidden layer with ReLU.",
            (options, setup) => new ClassificationModel(setup, options.L2, data => Networks.Mlp(data, options.Hidden, options.Kernel)));
        registry.AddModel<CnnOptions>(
            "cnn",
            "One convolution of 5 x 5 filters, ReLU, 2 x 2 max-pool, one dense layer.",
            (options, setup) => new ClassificationModel(setup, options.L2, data => Networks.Cnn(data, options.Channels, options.Kernel)));
        registry.AddModel<LayeredOptions>(
            "network",
            "Convolutions, pooling, ReLU and dense layers as the configuration lists them.",
            (options, setup) => new ClassificationModel(setup, options.L2, data => LayeredNetwork.Create(data, options.Layers)));
        registry.AddModel<QuadraticOptions>(
            "quadratic",
            "Noisy quadratic losses without data: every expected loss has a closed form, and a round takes microseconds.",
            (options, setup) =>
            {
                LearningSetup.RequireMemory(
                    "learning.quadratic.dimension",
                    $"is {options.Dimension}: with {setup.Weights.Count} clients, their optima",
                    (double)options.Dimension * setup.Weights.Count * sizeof(double));
                return new QuadraticModel(QuadraticWorld.Create(options, setup));
            });
    }
}
