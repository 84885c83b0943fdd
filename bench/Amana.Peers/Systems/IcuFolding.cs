using System.Runtime.InteropServices;

namespace Amana.Peers.Systems;

/// <summary>Folds names as an application around Lucene or PostgreSQL would: ICU's <c>Any-Latin; Latin-ASCII; Lower</c>, then words.</summary>
internal sealed unsafe class IcuFolding : IDisposable
{
    private const int OldestVersion = 60, NewestVersion = 90;
    private const int CharsMax = 4_096;

    private readonly nint _library;
    private readonly nint _transliterator;
    private readonly delegate* unmanaged[Cdecl]<nint, char*, int*, int, int, int*, int*, void> _transform;
    private readonly delegate* unmanaged[Cdecl]<nint, void> _close;
    private readonly char[] _text = new char[CharsMax];

    public IcuFolding()
    {
        int version = NewestVersion;
        while (!NativeLibrary.TryLoad($"libicui18n.so.{version}", out _library))
            if (--version < OldestVersion) throw new DllNotFoundException("ICU is needed to fold names for the other systems: install libicu.");
        var open = (delegate* unmanaged[Cdecl]<char*, int, int, char*, int, void*, int*, nint>)NativeLibrary.GetExport(_library, $"utrans_openU_{version}");
        _transform = (delegate* unmanaged[Cdecl]<nint, char*, int*, int, int, int*, int*, void>)NativeLibrary.GetExport(_library, $"utrans_transUChars_{version}");
        _close = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(_library, $"utrans_close_{version}");
        const string Rules = "Any-Latin; Latin-ASCII; Lower";
        int status = 0;
        fixed (char* id = Rules) _transliterator = open(id, Rules.Length, 0, null, 0, null, &status);
        if (status > 0) throw new InvalidOperationException($"ICU has no transliterator '{Rules}': error {status}.");
    }

    /// <summary>The name's words in lower-case ASCII.</summary>
    public string[] Words(string name)
    {
        name = name.Length > CharsMax / 4 ? name[..(CharsMax / 4)] : name;
        name.CopyTo(_text);
        int length = name.Length, limit = name.Length, status = 0;
        fixed (char* text = _text) _transform(_transliterator, text, &length, CharsMax, 0, &limit, &status);
        if (status > 0) throw new InvalidOperationException($"ICU could not fold a name: error {status}.");
        var folded = new string([.. _text.AsSpan(0, length).ToArray().Where(c => c is not ('\'' or '`')).Select(c => char.IsLetterOrDigit(c) ? c : ' ')]);
        return folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose()
    {
        _close(_transliterator);
        NativeLibrary.Free(_library);
    }
}
