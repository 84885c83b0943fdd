using System.Globalization;
using Amana.Paper.Bidi;

namespace Amana.Paper.Tests;

public class BidiTextTests
{
    [Fact]
    public void Levels_and_order_are_those_of_the_vectors_of_Unicode()
    {
        using var reader = new StreamReader(Environment.GetEnvironmentVariable("AMANA_BIDI_VECTORS") is { } whole ? File.OpenRead(whole)
            : typeof(BidiTextTests).Assembly.GetManifestResourceStream("bidi-vectors.txt")!);
        int checkedRows = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] fields = line.Split(';');
            int[] points = [.. fields[0].Split(' ').Select(p => int.Parse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            var text = new BidiText(points, fields[1] == "2" ? null : byte.Parse(fields[1], CultureInfo.InvariantCulture));
            byte[] levels = text.LineLevels(0, points.Length);
            text.BaseLevel.ToString(CultureInfo.InvariantCulture).ShouldBe(fields[2], line);
            string.Join(' ', levels.Select((l, i) => text.IsTakenOut(i) ? "x" : l.ToString(CultureInfo.InvariantCulture))).ShouldBe(fields[3], line);
            var order = BidiText.VisualRuns(levels).SelectMany(r => (r.Level & 1) == 0 ? Enumerable.Range(r.From, r.To - r.From) : Enumerable.Range(r.From, r.To - r.From).Reverse());
            string.Join(' ', order.Where(i => !text.IsTakenOut(i))).ShouldBe(fields[4], line);
            checkedRows++;
        }

        checkedRows.ShouldBeGreaterThan(1000);
    }
}
