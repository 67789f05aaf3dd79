package io.qilin.ops.backup;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Several stores in one folder, restored as they lay: a database and, below it, the files that it refers to.
 *
 * <p>They are copied in the order in which they were added. Immutable and safe to share between threads.
 */
public final class JoinedPart implements BackupPart {
  private final String name;
  private final List<Member> members;

  /** A part and where it lies. */
  private record Member(String folder, BackupPart part) {
    Path in(Path root) {
      return folder.isEmpty() ? root : root.resolve(folder);
    }
  }

  private JoinedPart(String name, List<Member> members) {
    this.name = name;
    this.members = List.copyOf(members);
  }

  /**
   * A part of nothing yet.
   *
   * @param name as {@link BackupPart#name}
   */
  public static JoinedPart of(String name) {
    return new JoinedPart(SafeName.part(name), List.of());
  }

  /**
   * The same with one more store.
   *
   * @param folder where it lies, for example {@code artifacts/objects}; empty for the folder itself
   * @param part its own name is for messages only
   * @throws QilinException INVALID_ARGUMENT if the place is taken
   */
  public JoinedPart with(String folder, BackupPart part) {
    Objects.requireNonNull(part, "part");
    if (!folder.isEmpty()) {
      SafeName.path(folder);
    }
    if (members.stream().anyMatch(member -> member.folder().equals(folder))) {
      throw QilinException.invalid("two stores lie in " + QilinException.quote(folder)
          + " of the part " + name + "; give each a folder");
    }
    List<Member> more = new ArrayList<>(members);
    more.add(new Member(folder, part));
    return new JoinedPart(name, more);
  }

  @Override
  public String name() {
    return name;
  }

  /** {@inheritDoc} */
  @Override
  public void snapshot(Path into) throws Exception {
    for (Member member : members) {
      try {
        member.part().snapshot(made(into, member.folder()));
      } catch (IOException | QilinException | SQLException e) {
        throw BackupErrors.of("the store " + member.part().name(), e);
      }
    }
  }

  private static Path made(Path root, String folder) throws IOException {
    if (folder.isEmpty()) {
      return root;
    }
    Path made = Tree.placed(root, folder);
    if (!Disk.isFolder(made)) {
      Files.createDirectory(made);
    }
    return made;
  }

  /** {@inheritDoc} */
  @Override
  public String verify(Path copy) throws Exception {
    List<String> said = new ArrayList<>();
    for (Member member : members) {
      try {
        said.add(member.part().name() + ": " + member.part().verify(member.in(copy)));
      } catch (IOException | QilinException | SQLException e) {
        throw BackupErrors.of("the store " + member.part().name(), e);
      }
    }
    return String.join(", ", said);
  }
}
