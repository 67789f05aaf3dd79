package io.qilin.spark;

import io.qilin.api.market.Panel;

/** Some instruments of a partition as a panel, with copies of those that expressions name. */
final class Group {
  private final Panel panel;
  private final int[] own;

  /**
   * A group.
   *
   * @param own which instruments of the panel are the partition's own
   */
  Group(Panel panel, int[] own) {
    this.panel = panel;
    this.own = own;
  }

  Panel panel() {
    return panel;
  }

  /** How many instruments are the partition's own. */
  int size() {
    return own.length;
  }

  /**
   * Finds the own instruments that have a row on a day.
   *
   * @param present receives their places in the panel
   * @return how many there are
   */
  int present(int day, int[] present) {
    int count = 0;
    for (int place : own) {
      if (day >= panel.firstRow(place) && day < panel.endRow(place)) {
        present[count++] = place;
      }
    }
    return count;
  }
}
