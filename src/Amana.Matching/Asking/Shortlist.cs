using System.Runtime.InteropServices;

namespace Amana.Matching.Asking;

/// <summary>A subject and the pair of names that is nearest, by a first estimate in nats.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Near(float Net, int Place, int AskedName, int ListedName);

/// <summary>The nearest subjects so far, best first, ties by place. Reused.</summary>
internal sealed class Shortlist
{
    /// <summary>Nats behind the nearest at which a subject is no answer any more.</summary>
    private const float Behind = 15;
    /// <summary>Nats by which a promise may fall short: initials and names beside the lightest are not in it.</summary>
    private const float Slack = 2;

    private Near[] _nearest = new Near[64];
    private int _most;
    private int _count;

    public ReadOnlySpan<Near> All => _nearest.AsSpan(0, _count);

    /// <param name="most">How many to keep.</param>
    public void Clear(int most)
    {
        if (most > _nearest.Length) _nearest = new Near[most];
        (_most, _count) = (most, 0);
    }

    /// <summary>Of a subject that several asked names meet, the nearest pair stays.</summary>
    public void Add(in Near near)
    {
        for (int i = 0; i < _count; i++)
            if (_nearest[i].Place == near.Place)
            {
                if (near.Net <= _nearest[i].Net) return;
                _nearest.AsSpan(i + 1, _count - i - 1).CopyTo(_nearest.AsSpan(i));
                _count--;
                break;
            }
        if (_count == _most && !IsBefore(near, _nearest[_count - 1])) return;
        int at = _count < _most ? _count++ : _count - 1;
        for (; at > 0 && IsBefore(near, _nearest[at - 1]); at--) _nearest[at] = _nearest[at - 1];
        _nearest[at] = near;
    }

    /// <summary>Whether a subject that can come no nearer than this need not be looked at.</summary>
    public bool IsBeyond(float net) => _count > 0 && (net < _nearest[0].Net - Behind || (_count == _most && net < _nearest[_count - 1].Net - Slack));

    private static bool IsBefore(in Near a, in Near b) => a.Net != b.Net ? a.Net > b.Net : a.Place < b.Place;
}
