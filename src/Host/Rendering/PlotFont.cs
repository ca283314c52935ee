using ScottPlot;
using SkiaSharp;

namespace FLCrowd.Host.Rendering;

/// <summary>The font of all plots: part of the program, because a server has none.</summary>
internal sealed class PlotFont : IFontResolver
{
    public const string Name = "Roboto";

    private static readonly byte[] File = Read();
    private static readonly Lazy<SKTypeface> Typeface = new(() => SKTypeface.FromData(SKData.CreateCopy(File)));

    static PlotFont()
    {
        Fonts.FontResolvers.Insert(0, new PlotFont());
        Fonts.Default = Name;
    }

    /// <summary>A style sheet with the font in it, for SVG and HTML.</summary>
    public static string StyleSheet { get; } =
        $"@font-face{{font-family:'{Name}';src:url(data:font/ttf;base64,{Convert.ToBase64String(File)}) format('truetype')}}";

    /// <summary>Makes ScottPlot use the font; may be called often.</summary>
    public static void Use(Plot plot) => plot.Font.Set(Name);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface.Value : null;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, bold: false, italic: false);

    private static byte[] Read()
    {
        using var stream = typeof(PlotFont).Assembly.GetManifestResourceStream("Roboto-subset.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
