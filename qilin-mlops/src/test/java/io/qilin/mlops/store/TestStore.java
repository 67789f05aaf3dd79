package io.qilin.mlops.store;

import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that belongs to one test. Every database that it gives is closed with it.
 *
 * <p>A child process opens the same one by {@link #at} from {@link #place}, which is a text without blanks.
 */
public final class TestStore implements AutoCloseable {
  private final String place;
  private final List<Database> opened = new ArrayList<>();
  private final Database database;

  TestStore(String place) {
    this.place = place;
    this.database = another();
  }

  /** The database, always the same object. */
  public Database database() {
    return database;
  }

  /** A further object for the same database, as another process would have one. */
  public Database another() {
    Database another = at(place);
    opened.add(another);
    return another;
  }

  /** Where it is, for {@link #at} in another process. */
  public String place() {
    return place;
  }

  /** Opens the database of a place; the caller closes it. */
  public static Database at(String place) {
    if (!place.startsWith("jdbc:")) {
      return Database.sqlite(Path.of(place));
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      source.setUrl(place);
    } catch (IllegalArgumentException e) {
      throw QilinException.invalid("no place of a database: " + QilinException.quote(place));
    }
    return Database.of(source);
  }

  @Override
  public void close() {
    opened.forEach(Database::close);
  }
}
