package io.qilin.core.rules;

/** How a limit price that lies between two ticks is rounded. */
enum LimitRounding {
  /** Half up to the tick: Shanghai and Shenzhen. */
  HALF_UP(50, 50),
  /** Towards the reference price: Beijing. */
  INWARD(0, 99);

  final int upAddend;
  final int downAddend;

  LimitRounding(int upAddend, int downAddend) {
    this.upAddend = upAddend;
    this.downAddend = downAddend;
  }
}
