namespace Amana.Server.Web;

/// <summary>A page finds that there is nothing to show to this reader: thrown before anything is drawn, and answered with the one page for all that is not there.</summary>
/// <remarks>A page that only set the status would be drawn first; if it is longer than what the server holds back, its beginning is sent and the answer breaks off.</remarks>
internal sealed class NothingHereException() : Exception("There is nothing here.");
