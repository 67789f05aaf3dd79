package io.qilin.data.arrow;

import java.util.Optional;

/**
 * A column as the file describes it.
 *
 * @param name its name, perhaps empty
 * @param type how its cells are stored, of a dictionary-encoded one the words; empty for a type that is not read
 * @param described its type in Arrow's words
 * @param codes if it is dictionary-encoded, how
 * @param nodes how many entries it has among a batch's nodes
 * @param buffers how many among its buffers, without those that each batch counts itself
 * @param views how many of its parts have such buffers
 */
record StoredField(
    String name,
    Optional<CellType> type,
    String described,
    Optional<Codes> codes,
    int nodes,
    int buffers,
    int views) {

  /** The words of a dictionary, which are a batch of one column. */
  static StoredField words(CellType.Kind kind) {
    return new StoredField(
        "",
        Optional.of(CellType.of(kind)),
        "",
        Optional.empty(),
        1,
        kind.isView() ? 2 : 3,
        kind.isView() ? 1 : 0);
  }

  /**
   * How a dictionary-encoded column refers to its words.
   *
   * @param dictionary number of the dictionary
   * @param index form of a reference
   */
  record Codes(long dictionary, CellType.Kind index) {}
}
