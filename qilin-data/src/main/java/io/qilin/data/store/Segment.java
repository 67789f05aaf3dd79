package io.qilin.data.store;

import io.qilin.data.lineage.ContentHash;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

/**
 * Some days of factors in a file, as its manifest says.
 *
 * @param file name of the file, beside the manifest
 * @param content SHA-256 of the file
 * @param bytes size of the file
 * @param rows rows of the table
 * @param names the factors
 * @param days ascending
 * @param hashes the chain's hash on each of the days
 */
record Segment(
    String file,
    ContentHash content,
    long bytes,
    long rows,
    List<String> names,
    List<LocalDate> days,
    List<ContentHash> hashes) {
  Segment {
    names = List.copyOf(names);
    days = List.copyOf(days);
    hashes = List.copyOf(hashes);
  }

  /** Index in the chain of the first day; negative if the chain does not have it. */
  int start(DayChain chain) {
    return Collections.binarySearch(chain.days(), days.get(0));
  }

  /** How many of the days, from the first, hold for the data of the chain. */
  int valid(DayChain chain) {
    int start = start(chain);
    if (start < 0) {
      return 0;
    }
    int low = 0;
    int high = Math.min(days.size(), chain.days().size() - start);
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (hashes.get(middle - 1).equals(chain.hash(start + middle - 1))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
