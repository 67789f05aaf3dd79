package io.qilin.mlops.store;

import java.nio.file.Path;

/**
 * The databases on which every part that keeps something is tested, with one parameter:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource(StoreKind.class)
 * void whenSomething_thenIsKept(StoreKind kind, @TempDir Path folder) {
 *   try (TestStore store = kind.open(folder)) {
 *     Registry registry = Registry.open(store.database(), ...);
 *     Registry elsewhere = Registry.open(store.another(), ...); // as another process sees it
 *   }
 * }
 * }</pre>
 *
 * <p>One PostgreSQL server is started for all tests of a JVM, in about two seconds, and each {@link #open} gets a schema of its
 * own in it. Where PostgreSQL is not installed the test is aborted with a message that says so: it neither passes nor fails. A
 * child process opens the same database by {@link TestStore#at}.
 */
public enum StoreKind {
  /** A file {@code store.db} in the folder. */
  SQLITE,
  /** A schema of its own in one server for all tests. */
  POSTGRES;

  /** A database of its own for one test, which closes it. */
  public TestStore open(Path folder) {
    return new TestStore(
        this == SQLITE ? folder.resolve("store.db").toString() : PostgresServer.url());
  }
}
