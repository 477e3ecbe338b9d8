// Lets a module name its style sheet; the bundler reads it.
declare module '*.css';
