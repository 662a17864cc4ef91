"""Errors of backups.

BackupError
├── UnreadableBackup   a file that is none, is truncated, was changed, has another key, or is of a newer version
└── NotRestorable      a hub that no backup can be restored into
"""


class BackupError(Exception):
    """Error of a backup or a restore; the text is one line for a person."""


class UnreadableBackup(BackupError):
    """Error of a file that is no whole backup."""


class NotRestorable(BackupError):
    """Error of a hub that no backup can be restored into."""
