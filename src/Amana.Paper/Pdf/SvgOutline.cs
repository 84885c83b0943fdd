using System.Globalization;
using System.Text.RegularExpressions;

namespace Amana.Paper.Pdf;

/// <summary>The path of a drawing (<c>M H V L C A Z</c>, large and small) as steps of a page.</summary>
internal static partial class SvgOutline
{
    /// <exception cref="FormatException">It has a step that is not read here.</exception>
    public static List<string> Of(string path)
    {
        var steps = new List<string>();
        double x = 0, y = 0, startX = 0, startY = 0;
        foreach (Match step in Step().Matches(path))
        {
            char letter = step.Groups["letter"].Value[0];
            bool relative = char.IsLower(letter);
            var numbers = new Queue<double>(Amount().Matches(step.Groups["numbers"].Value).Select(n => double.Parse(n.Value, CultureInfo.InvariantCulture)));
            double X() => numbers.Dequeue() + (relative ? x : 0);
            double Y() => numbers.Dequeue() + (relative ? y : 0);
            void LineTo(double toX, double toY)
            {
                (x, y) = (toX, toY);
                steps.Add($"{PdfFile.Number(x)} {PdfFile.Number(y)} l");
            }

            switch (char.ToUpperInvariant(letter))
            {
                case 'M':
                    (x, y) = (X(), Y());
                    (startX, startY) = (x, y);
                    steps.Add($"{PdfFile.Number(x)} {PdfFile.Number(y)} m");
                    while (numbers.Count > 0) LineTo(X(), Y());
                    break;
                case 'H': while (numbers.Count > 0) LineTo(X(), y); break;
                case 'V': while (numbers.Count > 0) LineTo(x, Y()); break;
                case 'L': while (numbers.Count > 0) LineTo(X(), Y()); break;
                case 'C':
                    while (numbers.Count > 0)
                    {
                        var (ax, ay, bx, by, toX, toY) = (X(), Y(), X(), Y(), X(), Y());
                        steps.Add($"{PdfFile.Number(ax)} {PdfFile.Number(ay)} {PdfFile.Number(bx)} {PdfFile.Number(by)} {PdfFile.Number(toX)} {PdfFile.Number(toY)} c");
                        (x, y) = (toX, toY);
                    }

                    break;
                case 'A':
                    while (numbers.Count > 0)
                    {
                        double radius = numbers.Dequeue();
                        numbers.Dequeue();
                        numbers.Dequeue();
                        numbers.Dequeue();
                        bool clockwise = numbers.Dequeue() > 0;
                        var (toX, toY) = (X(), Y());
                        Arc(steps, x, y, toX, toY, radius, clockwise);
                        (x, y) = (toX, toY);
                    }

                    break;
                case 'Z':
                    steps.Add("h");
                    (x, y) = (startX, startY);
                    break;
                default: throw new FormatException($"A path with '{letter}' is not read.");
            }
        }

        return steps;
    }

    // Of at most half a circle, in pieces of a quarter at most.
    private static void Arc(List<string> steps, double x, double y, double toX, double toY, double radius, bool clockwise)
    {
        double half = Math.Sqrt((toX - x) * (toX - x) + (toY - y) * (toY - y)) / 2;
        double up = Math.Sqrt(Math.Max(0, radius * radius - half * half)) * (clockwise ? 1 : -1);
        double centreX = (x + toX) / 2 - up * (toY - y) / (2 * half), centreY = (y + toY) / 2 + up * (toX - x) / (2 * half);
        double from = Math.Atan2(y - centreY, x - centreX), turn = Math.Atan2(toY - centreY, toX - centreX) - from;
        if (clockwise && turn <= 1e-9) turn += 2 * Math.PI;
        if (!clockwise && turn >= -1e-9) turn -= 2 * Math.PI;
        int pieces = (int)Math.Ceiling(Math.Abs(turn) / (Math.PI / 2));
        double part = turn / pieces, pull = 4 / 3.0 * Math.Tan(part / 4) * radius;
        for (int i = 0; i < pieces; i++)
        {
            double a = from + i * part, b = a + part;
            (double ax, double ay, double bx, double by) = (centreX + radius * Math.Cos(a), centreY + radius * Math.Sin(a), centreX + radius * Math.Cos(b), centreY + radius * Math.Sin(b));
            steps.Add($"{PdfFile.Number(ax - pull * Math.Sin(a))} {PdfFile.Number(ay + pull * Math.Cos(a))} {PdfFile.Number(bx + pull * Math.Sin(b))} {PdfFile.Number(by - pull * Math.Cos(b))} {PdfFile.Number(bx)} {PdfFile.Number(by)} c");
        }
    }

    [GeneratedRegex(@"(?<letter>[A-Za-z])(?<numbers>[^A-Za-z]*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Step();

    [GeneratedRegex(@"-?(?:\d+\.?\d*|\.\d+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Amount();
}
