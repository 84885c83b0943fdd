using Amana.Server.Access;
using Amana.Server.Web;

namespace Amana.Server.Notices;

/// <summary>The page of the notice that a record of the list of notices in force is.</summary>
internal sealed class NoticeOfRecord : IRecordPages
{
    public RecordPage? Of(string list, string id, Caller caller) =>
        list == NoticeBoard.List && caller.Has(Right.ReadNotices) ? new($"/notices/{id}", "notices.open-record", id.Split('-')[0]) : null;
}
