namespace Amana.Server.Upkeep;

/// <summary>A backup, a restore or a move cannot be done; the message says why and is fit to print.</summary>
internal sealed class BackupException(string message) : Exception(message);
