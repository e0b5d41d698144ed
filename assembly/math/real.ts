// The number type of the core: f32 in every build that is shipped. A test-only build replaces this
// one line by f64 to show what single precision costs.

export type real = f32;
