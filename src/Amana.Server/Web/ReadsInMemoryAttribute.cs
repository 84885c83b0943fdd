using Microsoft.AspNetCore.Http.Metadata;

namespace Amana.Server.Web;

/// <summary>Keeps an upload in memory while it is read: a file on the disk would be an unsealed copy of what is stored sealed.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReadsInMemoryAttribute : Attribute, IFormOptionsMetadata, IRequestSizeLimitMetadata
{
    public const int BytesMax = 10 * 1024 * 1024;

    public bool? BufferBody => false;
    public int? MemoryBufferThreshold => BytesMax;
    public long? BufferBodyLengthLimit => BytesMax;
    public int? ValueCountLimit => 64;
    public int? KeyLengthLimit => 256;
    public int? ValueLengthLimit => 64 * 1024;
    public int? MultipartBoundaryLengthLimit => 128;
    public int? MultipartHeadersCountLimit => 16;
    public int? MultipartHeadersLengthLimit => 16 * 1024;
    public long? MultipartBodyLengthLimit => BytesMax;
    public long? MaxRequestBodySize => BytesMax;
}
