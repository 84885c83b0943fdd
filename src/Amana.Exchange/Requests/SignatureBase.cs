using System.Text;
using Amana.Exchange.Fields;

namespace Amana.Exchange.Requests;

/// <summary>The bytes that a request's signature is over: one line for each component, then the parameters (RFC 9421, 2.5).</summary>
internal static class SignatureBase
{
    /// <param name="input">The inner list of <c>Signature-Input</c>: components and parameters.</param>
    /// <returns>Null when a component stands twice, has parameters (we use none), is of an unknown kind, or is not in the request.</returns>
    public static byte[]? Of(RequestParts request, FieldInnerList input)
    {
        var text = new StringBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in input.Items)
        {
            if (component.Bare is not FieldText { Value: var name } || component.Parameters.All.Count > 0 || !seen.Add(name)) return null;
            if (request.ValueOf(name) is not { } value) return null;
            text.Append(FieldWriter.Write(component)).Append(": ").Append(value).Append('\n');
        }

        text.Append("\"@signature-params\": ").Append(FieldWriter.Write(input));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
