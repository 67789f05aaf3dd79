package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One backup that is being made. For one thread. */
final class Creation {
  private static final int LONGEST_WORD = 1_000;

  private final BackupFolder folder;
  private final Map<String, BackupPart> parts;
  private final Map<String, String> versions;
  private final Clock clock;
  private final Map<String, SortedMap<String, FileDigest>> files = new TreeMap<>();

  Creation(
      BackupFolder folder,
      Map<String, BackupPart> parts,
      Map<String, String> versions,
      Clock clock) {
    this.folder = folder;
    this.parts = parts;
    this.versions = versions;
    this.clock = clock;
  }

  Backup run(long sequence, Instant began) throws IOException {
    Disk.makePrivate(folder.path());
    Path data = folder.path().resolve(BackupFolder.DATA);
    Files.createDirectory(data);
    List<BackedPart> copied = new ArrayList<>();
    for (BackupPart part : parts.values()) {
      String said = snapshot(part);
      SortedMap<String, FileDigest> own = settled(folder.data(part.name()));
      files.put(part.name(), own);
      copied.add(Manifest.part(part.name(), own, said));
    }
    Disk.force(data);
    Backup backup = new Backup(
        Disk.name(folder.path()), sequence, began, clock.instant(), versions, copied, "");
    return folder.commit(new Manifest(backup, files));
  }

  private String snapshot(BackupPart part) throws IOException {
    Path into = folder.data(part.name());
    Files.createDirectory(into);
    try {
      part.snapshot(into);
      String said = part.verify(into);
      return said.length() > LONGEST_WORD ? said.substring(0, LONGEST_WORD) : said;
    } catch (Exception e) {
      throw BackupErrors.ofPart("the part " + part.name() + " cannot be backed up", e);
    }
  }

  /** Forces all that a part wrote, and takes its digests. */
  private static SortedMap<String, FileDigest> settled(Path root) throws IOException {
    Tree tree = Tree.of(root);
    SortedMap<String, FileDigest> digests = new TreeMap<>();
    for (Map.Entry<String, Path> one : tree.files().entrySet()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new QilinException(ErrorCode.CANCELLED, "interrupted while a backup was made");
      }
      digests.put(one.getKey(), Disk.forced(one.getValue()));
    }
    for (int i = tree.folders().size() - 1; i >= 0; i--) {
      Disk.force(tree.folders().get(i));
    }
    return digests;
  }
}
