"""States: into a module, into a file, and back."""

import zipfile

import numpy as np
import pytest

from gradlab import nn, ones


def net():
    return nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Linear(3, 1))


def test_a_state_goes_through_a_file(tmp_path):
    first, second = net(), net()
    first(ones((4, 2)))  # moves the running statistics
    nn.save(first.state_dict(), tmp_path / "net.npz")
    second.load_state_dict(nn.load(tmp_path / "net.npz"))
    x = ones((2, 2))
    assert second.eval()(x).tolist() == first.eval()(x).tolist()
    assert "1.running_mean" in first.state_dict()


def test_numpy_reads_the_file_too(tmp_path):
    nn.save({"file": [1.0], "a.b": [[2.0]]}, tmp_path / "odd.npz")
    with np.load(tmp_path / "odd.npz") as file:
        assert file["file"].tolist() == [1.0]
        assert file["a.b"].tolist() == [[2.0]]


def test_a_state_is_a_copy():
    layer = nn.Linear(2, 1)
    state = layer.state_dict()
    state["weight"][:] = 7
    assert layer.weight.tolist() != [[7, 7]]


def test_a_state_that_does_not_fit_changes_nothing():
    layer = nn.Linear(2, 1)
    before = layer.state_dict()
    wrong = {"weight": np.zeros((1, 3)), "wait": np.zeros(1)}
    with pytest.raises(ValueError, match="does not fit") as told:
        layer.load_state_dict(wrong)
    for words in (
        "'bias' is missing",
        "'wait' is unexpected",
        "'weight' has shape (1, 3), expected (1, 2)",
    ):
        assert words in str(told.value)
    with pytest.raises(TypeError, match="'bias' is no array of numbers"):
        layer.load_state_dict(before | {"bias": "one"})
    assert layer.weight.tolist() == before["weight"].tolist()


def test_loading_a_state_counts_as_overwriting():
    layer = nn.Linear(2, 1)
    loss = layer(ones((1, 2))).sum()
    layer.load_state_dict(layer.state_dict())
    with pytest.raises(ValueError, match="overwritten"):
        loss.backward()


def test_a_failed_save_leaves_the_old_file(tmp_path):
    path = tmp_path / "net.npz"
    nn.save({"a": [1.0]}, path)
    with pytest.raises(TypeError, match="'b' is no array of numbers"):
        nn.save({"b": object()}, path)
    assert nn.load(path)["a"].tolist() == [1.0]
    assert [p.name for p in tmp_path.iterdir()] == ["net.npz"]


def test_files_that_are_no_states_are_refused(tmp_path):
    path = tmp_path / "bad.npz"
    for data in (b"", b"not a zip", b"\x80\x04K\x01."):
        path.write_bytes(data)
        with pytest.raises(ValueError, match=r"no \.npz file of numbers"):
            nn.load(path)
    np.savez(path, a=np.array([{}], dtype=object))
    with pytest.raises(ValueError, match=r"no \.npz file of numbers"):
        nn.load(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.npy", b"broken")
    with pytest.raises(ValueError, match=r"no \.npz file of numbers"):
        nn.load(path)
    with pytest.raises(ValueError, match=r"kept in an \.npz file"):
        nn.save({}, tmp_path / "net.pickle")
    with pytest.raises(FileNotFoundError):
        nn.load(tmp_path / "none.npz")
