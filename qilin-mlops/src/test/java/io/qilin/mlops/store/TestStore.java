package io.qilin.mlops.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A database that belongs to one test. Every database that it gives is closed with it.
 *
 * <p>A child process opens the same one by {@link #at} from {@link #place}, which is a text without blanks.
 */
public final class TestStore implements AutoCloseable {
  private final String place;
  private final List<Database> opened = new ArrayList<>();
  private final Optional<PooledSource> pool;
  private final Database database;

  TestStore(String place) {
    this.place = place;
    this.pool = place.startsWith("jdbc:") ? Optional.of(new PooledSource(place)) : Optional.empty();
    this.database = another();
  }

  /** The database, always the same object. */
  public Database database() {
    return database;
  }

  /** A further object for the same database, as another process would have one. */
  public Database another() {
    Database another = pool.map(Database::of).orElseGet(() -> Database.sqlite(Path.of(place)));
    opened.add(another);
    return another;
  }

  /** Where it is, for {@link #at} in another process. */
  public String place() {
    return place;
  }

  /** Opens the database of a place; the caller closes it. */
  public static Database at(String place) {
    return place.startsWith("jdbc:")
        ? Database.of(new PooledSource(place))
        : Database.sqlite(Path.of(place));
  }

  @Override
  public void close() {
    opened.forEach(Database::close);
    pool.ifPresent(source -> {
      try {
        source.close();
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    });
  }
}
