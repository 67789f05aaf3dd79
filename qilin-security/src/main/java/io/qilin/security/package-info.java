/**
 * Security primitives that fail closed: each part can be used alone, none has a default that says yes, and a part that
 * throws, hangs or answers nonsense refuses the call.
 */
@NullMarked
package io.qilin.security;

import org.jspecify.annotations.NullMarked;
